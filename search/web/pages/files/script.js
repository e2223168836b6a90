// What a page does more where scripts run: copy a citation, suggest names, lead to the field with "/".
"use strict";
(() => {
  const page = document.body.dataset;
  const field = document.querySelector("#f-q, #f-a, #f-text");

  document.addEventListener("keydown", (event) => {
    const within = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !within && field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });

  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);

  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) return;
    }
    said.textContent = `${page.copied} ${element.textContent}`;
  }
  document.querySelectorAll(".copied").forEach((element, at) => {
    element.id ||= `copied-${at}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.id = `copy-${at}`;
    button.textContent = page.copy;
    button.setAttribute("aria-labelledby", `${button.id} ${element.id}`);
    button.addEventListener("click", async () => {
      await copy(element);
      button.textContent = page.copied;
      setTimeout(() => { button.textContent = page.copy; }, 2000);
    });
    element.after(" ", button);
  });

  document.querySelectorAll("[data-suggest]").forEach((input, at) => {
    const list = document.createElement("datalist");
    list.id = `names-${at}`;
    input.after(list);
    input.setAttribute("list", list.id);
    let waiting, asked = "";
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const prefix = input.value.trim();
        if (!prefix || prefix === asked) return;
        asked = prefix;
        const query = new URLSearchParams({ field: input.dataset.suggest, prefix, limit: 12 });
        const answer = await fetch(`${page.up}suggest.json?${query}`).catch(() => null);
        if (!answer?.ok || prefix !== asked) return;
        list.replaceChildren(...(await answer.json()).map((name) => {
          const option = document.createElement("option");
          option.value = name;
          return option;
        }));
      }, 150);
    });
  });

  // A cited paragraph on another part of a long statement: go on to it.
  const elsewhere = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".elsewhere a");
  if (elsewhere) location.replace(elsewhere.href);
})();
