// On Record in any page: <onrecord-search src> finds, <onrecord-quotation src address> quotes.
// Texts come in through textContent alone, and the style sheet is constructed: a strict policy allows both.
const WORDS = {
  en: ["Search what was said", "Search", "Paragraphs", "Statements", "Nothing was found.", "More", "Cite", "copied", "does not answer; try again later."],
  fr: ["Chercher dans ce qui a été dit", "Chercher", "Paragraphes", "Déclarations", "Rien n’a été trouvé.", "Suite", "Citer", "copié", "ne répond pas ; réessayez plus tard."],
  es: ["Buscar en lo que se dijo", "Buscar", "Párrafos", "Declaraciones", "No se encontró nada.", "Más", "Citar", "copiado", "no responde; inténtelo más tarde."],
  ru: ["Искать в сказанном", "Искать", "Абзацы", "Выступления", "Ничего не найдено.", "Ещё", "Цитировать", "скопировано", "не отвечает; попробуйте позже."],
  zh: ["搜索发言", "搜索", "段落", "发言", "没有找到。", "更多", "引用", "已复制", "没有回应；请稍后再试。"],
  ar: ["ابحث فيما قيل", "بحث", "الفقرات", "البيانات", "لم يُعثر على شيء.", "المزيد", "استشهاد", "نُسخ", "لا يجيب؛ حاول لاحقًا."],
};
const FILTERS = ["speaker", "person", "forum", "place", "language", "since", "until", "mode", "sort"];
// Controls, and what turns the direction of writing.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]/g;
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host { display: block; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas;
  --accent: var(--onrecord-accent, LinkText); }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
label { flex: 1 1 12rem; }
input { display: block; box-sizing: border-box; width: 100%; }
input, button { font: inherit; padding: .3rem .7rem; color: inherit; background: Canvas;
  border: 1px solid GrayText; border-radius: 3px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ol { list-style: none; margin: 0; padding: 0; }
blockquote { margin: 1.2rem 0 .3rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--accent);
  font: 1.05rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
p { margin: .3rem 0; font-size: .9rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
`);

const plain = (text) => String(text ?? "").replace(UNSEEN, " ");

function made(tag, text = "", attributes = {}) {
  const one = document.createElement(tag);
  if (text) one.textContent = plain(text);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  return one;
}

// The words of a paragraph; marks are counted in characters, as Python has them, and not in halves.
function quoted(hit) {
  const block = made("blockquote", "", { dir: "auto", lang: hit.language ?? "" });
  const letters = Array.from(hit.text);
  let end = 0;
  for (const [start, stop] of hit.highlights) {
    block.append(plain(letters.slice(end, start).join("")), made("mark", letters.slice(start, stop).join("")));
    end = stop;
  }
  block.append(plain(letters.slice(end).join("")));
  return block;
}

class Element extends HTMLElement {
  static observedAttributes = ["src", "q", "limit", "address", ...FILTERS];

  attributeChangedCallback() {
    if (this.shadowRoot) this.start();
  }

  connectedCallback() {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [STYLE];
      const language = (this.closest("[lang]")?.lang ?? "").toLowerCase().split("-")[0];
      this.language = language in WORDS ? language : "en";
      this.words = WORDS[this.language];
      const body = made("div", "", { lang: this.language, dir: this.language === "ar" ? "rtl" : "ltr" });
      this.build(body);
      this.shadowRoot.append(body);
    }
    this.start();
  }

  url(path) {
    const given = this.getAttribute("src");
    const root = given ? new URL(given, document.baseURI) : new URL(".", import.meta.url);
    if (!root.pathname.endsWith("/")) root.pathname += "/";
    return new URL(path, root);
  }

  link(hit) {
    const href = this.url(`statements/${hit.statement}/${hit.number}`);
    return made("a", hit.lasting_address, { href });
  }

  // The answer, or null where another question was asked meanwhile; what is refused is an Error with a sentence.
  async ask(url, kind = "json") {
    const asking = new AbortController();
    if (kind === "json") {
      this.asking?.abort();
      this.asking = asking;
    }
    let answer, body;
    try {
      answer = await fetch(url, { signal: asking.signal, credentials: "omit" });
      body = await (answer.ok ? answer[kind]() : answer.json());
    } catch {
      if (asking.signal.aborted) return null;
      throw new Error(`${url.host} ${this.words[8]}`);
    }
    if (!answer.ok) throw Object.assign(new Error(body.detail), { status: answer.status });
    return asking.signal.aborted ? null : body;
  }
}

class Search extends Element {
  build(body) {
    const [label, go, , , , more] = this.words;
    const form = made("form", "", { role: "search" });
    this.input = made("input", "", { type: "search", dir: "auto" });
    const labelled = made("label", label);
    labelled.append(this.input);
    form.append(labelled, made("button", go));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find();
    });
    this.said = made("p", "", { role: "status" });
    this.list = made("ol");
    this.more = made("button", more, { type: "button", hidden: "" });
    this.more.addEventListener("click", () => this.find(this.next));
    body.append(form, this.said, this.list, this.more);
  }

  start() {
    this.input.value = this.getAttribute("q") ?? "";
    this.find();
  }

  first() {
    const url = this.url("search.json");
    url.searchParams.set("q", this.input.value);
    url.searchParams.set("limit", this.getAttribute("limit") || 10);
    for (const name of FILTERS)
      for (const one of (this.getAttribute(name) ?? "").split(";"))
        if (one.trim()) url.searchParams.append(name, one.trim());
    return url;
  }

  async find(next) {
    if (!next) this.list.replaceChildren();
    this.more.hidden = true;
    if (!this.input.value.trim()) return void (this.said.textContent = "");
    const url = next ?? this.first();
    try {
      const answer = await this.ask(url);
      if (answer) this.show(answer, url, Boolean(next));
    } catch (error) {
      // The index has moved on: from its beginning.
      if (next && error.status === 409) return this.find();
      this.said.textContent = plain(error.message);
    }
  }

  show(answer, url, further) {
    const [, , paragraphs, statements, nothing] = this.words;
    const figure = (number) => number.toLocaleString(this.language);
    this.said.textContent = answer.paragraphs
      ? `${paragraphs}: ${figure(answer.paragraphs)} · ${statements}: ${figure(answer.statements)}`
      : nothing;
    const items = answer.hits.map((hit) => this.item(hit));
    this.list.append(...items);
    this.next = answer.next && new URL(answer.next, url);
    this.more.hidden = !this.next;
    if (further) items[0]?.querySelector("a").focus();
  }

  item(hit) {
    const item = made("li");
    const facts = made("p", [hit.speaker, hit.forum, hit.date].filter(Boolean).join(", "), { dir: "auto" });
    const source = made("p", "", { dir: "ltr" });
    const cite = made("button", this.words[6], { type: "button", "aria-label": `${this.words[6]}: ${hit.address}` });
    const citation = made("p", "", { role: "status", dir: "auto" });
    cite.addEventListener("click", async () => {
      try {
        const text = await this.ask(this.url(`cite/${hit.lasting_address.replace("#", "/")}`), "text");
        citation.textContent = plain(text);
        await navigator.clipboard.writeText(text.trim());
        citation.append(`(${this.words[7]})`);
      } catch (error) {
        citation.textContent ||= plain(error.message);
      }
    });
    source.append(this.link(hit), " ", cite);
    item.append(quoted(hit), facts, source, citation);
    return item;
  }
}

// A quotation by its address; what stands inside the element stays where it cannot be asked for.
class Quotation extends Element {
  build(body) {
    this.note = made("p", "", { role: "status" });
    this.place = made("div");
    this.place.append(made("slot"));
    body.append(this.place, this.note);
  }

  async start() {
    const path = (this.getAttribute("address") ?? "").replace("#", "/");
    try {
      const answer = await this.ask(this.url(`statements/${path}.json`));
      if (!answer) return;
      const source = made("p", `${answer.citation} `, { dir: "auto" });
      source.append(this.link(answer.paragraph));
      this.place.replaceChildren(quoted(answer.paragraph), source);
      this.note.textContent = plain(answer.note);
      this.toggleAttribute("changed", !answer.words_found);
    } catch (error) {
      this.note.textContent = plain(error.message);
    }
  }
}

customElements.define("onrecord-search", Search);
customElements.define("onrecord-quotation", Quotation);
