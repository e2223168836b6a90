// Searches the statements of these pages in the browser: paragraphs that hold all the words, as written.
const form = document.getElementById("search");
const input = document.getElementById("words");
const found = document.getElementById("found");
const list = document.getElementById("hits");
const more = document.getElementById("more");
const A_PAGE = 10;
const pages = new Map();
let data, hits = [], shown = 0, asked = 0;

async function load() {
  if (data) return data;
  const answer = await fetch("words.json");
  if (!answer.ok) throw new Error("The list of words cannot be read; load this page again.");
  const read = await answer.json();
  read.fold = new Map(Object.entries(read.fold));
  read.words = new Map(Object.entries(read.words));
  read.first = [];
  let number = 0;
  for (const statement of read.statements) {
    read.first.push(number);
    number += statement[3];
  }
  return (data = read);
}

// What a character folds to: a space where a word ends. What the texts do not hold loses its accents.
function folded(character) {
  if (character <= "\u007f") return /[a-z0-9]/i.test(character) ? character.toLowerCase() : " ";
  const known = data.fold.get(character);
  if (known !== undefined) return known;
  const bare = character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[^\p{L}\p{N}]/gu, " ");
}

// The words of a text with the characters at which each begins and ends.
function wordsOf(text) {
  const words = [];
  let word = "", start = 0, end = 0, offset = 0;
  for (const unit of [...text.matchAll(/[\uff66-\uff9d][\uff9e\uff9f]|[^]/gu)].map((one) => one[0]).concat(" ")) {
    const whole = unit.length > 1 && unit.codePointAt(0) < 0x10000 ? unit.normalize("NFKC") : unit;
    for (const part of Array.from(whole).flatMap((one) => Array.from(folded(one)))) {
      if (part !== " ") {
        if (!word) start = offset;
        word += part;
        end = offset + unit.length;
      } else if (word) {
        words.push([word, start, end]);
        word = "";
      }
    }
    offset += unit.length;
  }
  return words;
}

function paragraphsOf(word) {
  const numbers = [];
  let number = 0;
  for (const step of data.words.get(word) ?? []) numbers.push((number += step));
  return numbers;
}

function holding(words) {
  const lists = [...new Set(words)].map(paragraphsOf).sort((one, other) => one.length - other.length);
  if (!lists.length) return [];
  return lists.slice(1).reduce((kept, one) => {
    const there = new Set(one);
    return kept.filter((number) => there.has(number));
  }, lists[0]);
}

function placeOf(paragraph) {
  let low = 0, high = data.first.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (data.first[middle] <= paragraph) low = middle;
    else high = middle;
  }
  return [low, paragraph - data.first[low] + 1];
}

async function find() {
  const question = input.value.trim().normalize("NFC");
  const mine = ++asked;
  list.replaceChildren();
  more.hidden = true;
  found.textContent = "";
  if (!question) return;
  try {
    await load();
  } catch (error) {
    found.textContent = error.message;
    return;
  }
  if (mine !== asked) return;
  const words = wordsOf(question).map(([word]) => word);
  if (!words.length) {
    found.textContent = "There is no word in this question; write one.";
    return;
  }
  hits = holding(words).map(placeOf);
  const date = ([statement]) => data.statements[statement][2];
  hits.sort((one, other) => (date(one) < date(other) ? 1 : date(one) > date(other) ? -1 : one[0] - other[0] || one[1] - other[1]));
  shown = 0;
  const statements = new Set(hits.map(([statement]) => statement)).size;
  const counted = (number, name) => `${number.toLocaleString("en")} ${name}${number === 1 ? "" : "s"}`;
  found.textContent = `${counted(hits.length, "paragraph")} in ${counted(statements, "statement")}, the newest first`;
  await show(words, mine);
}

async function textOf(folder, number) {
  const url = `${folder.split("/").map(encodeURIComponent).join("/")}/`;
  if (!pages.has(folder))
    pages.set(folder, fetch(url).then(async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html")));
  const page = await pages.get(folder);
  const block = page.getElementById(String(number))?.querySelector("blockquote");
  return [url, block?.id ?? String(number), block?.querySelector("p")];
}

async function show(words, mine) {
  const wanted = new Set(words);
  const some = hits.slice(shown, shown + A_PAGE);
  const items = await Promise.all(some.map(async ([statement, number]) => {
    const [folder, name] = data.statements[statement];
    const item = document.createElement("li");
    const link = document.createElement("a");
    const block = document.createElement("blockquote");
    try {
      const [url, anchor, paragraph] = await textOf(folder, number);
      link.href = `${url}#${anchor}`;
      block.append(marked(paragraph, wanted));
    } catch {
      block.textContent = "The page of this statement cannot be read.";
    }
    link.textContent = `${name}, paragraph ${number}`;
    link.dir = "auto";
    item.append(block, link);
    return item;
  }));
  if (mine !== asked) return;
  shown += some.length;
  list.append(...items);
  more.hidden = shown >= hits.length;
  return items[0];
}

function marked(paragraph, wanted) {
  const text = paragraph.textContent;
  const copy = document.createElement("p");
  copy.dir = "auto";
  copy.lang = paragraph.lang;
  let end = 0;
  for (const [word, start, stop] of wordsOf(text)) {
    if (!wanted.has(word)) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, stop);
    copy.append(text.slice(end, start), mark);
    end = stop;
  }
  copy.append(text.slice(end));
  return copy;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const url = new URL(location.href);
  url.search = new URLSearchParams({ q: input.value });
  history.replaceState(null, "", url);
  find();
});
more.addEventListener("click", async () => {
  const first = await show(wordsOf(input.value.normalize("NFC")).map(([word]) => word), asked);
  first?.querySelector("a").focus();
});
form.hidden = false;
input.value = new URLSearchParams(location.search).get("q") ?? "";
find();
