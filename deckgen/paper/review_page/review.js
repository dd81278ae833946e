// Keeps what a person says of each doubtful answer, in this browser and in the file that is saved.
// Everything on the page is there without it; it asks nothing of the network.
"use strict";
{
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const items = [...document.querySelectorAll("fieldset[data-key]")];
  const name = document.getElementById("by");
  const state = document.getElementById("state");
  const kept = `deckgen-review ${facts.table} ${facts.part}`;

  const all = (item, what) => [...item.querySelectorAll(what)];
  const field = (item) => item.querySelector("textarea");

  // What is said of one: {value}, {unread: true}, or nothing yet.
  function said(item) {
    if (item.querySelector(".unread").checked) return { unread: true };
    if (field(item)) {
      const typed = field(item).value.trim();
      if (typed || item.querySelector(".nothing").checked) return { value: typed };
      return null;
    }
    const chosen = all(item, "input[type=radio]").find((one) => one.checked);
    return chosen ? { value: chosen.value } : null;
  }

  function put(item, one) {
    item.querySelector(".unread").checked = one.unread === true;
    if (one.unread || typeof one.value !== "string") return;
    if (field(item)) {
      field(item).value = one.value;
      item.querySelector(".nothing").checked = one.value === "";
      return;
    }
    for (const radio of all(item, "input[type=radio]")) radio.checked = radio.value === one.value;
  }

  function everything() {
    const answers = [];
    for (const item of items) {
      const one = said(item);
      if (one) answers.push({ key: item.dataset.key, ...one });
    }
    return { deckgen: "review", version: 1, table: facts.table, part: facts.part,
      by: name.value.trim(), answers };
  }

  function show() {
    let done = 0;
    for (const item of items) {
      const is = said(item) !== null;
      item.classList.toggle("done", is);
      done += is;
    }
    document.getElementById("done").value = done;
    document.getElementById("count").textContent = `${done} of ${items.length} done`;
  }

  function keep() {
    show();
    try {
      localStorage.setItem(kept, JSON.stringify(everything()));
      state.textContent = "Kept in this browser. Save the file when you are done.";
    } catch {
      state.textContent = "This browser keeps nothing: save the file before you close the page.";
    }
  }

  function next(item) {
    const rest = items.slice(items.indexOf(item) + 1);
    const to = rest.find((one) => said(one) === null) ?? items.find((one) => said(one) === null);
    const goal = to?.querySelector("textarea, input") ?? document.getElementById("save");
    goal.focus();
    goal.scrollIntoView({ block: "center" });
  }

  for (const item of items) {
    item.addEventListener("input", (event) => {
      if (event.target === field(item) && field(item).value.trim()) {
        item.querySelector(".nothing").checked = false;
        item.querySelector(".unread").checked = false;
      }
      if (event.target.type === "radio") item.querySelector(".unread").checked = false;
      if (event.target.className === "nothing" && event.target.checked) field(item).value = "";
      keep();
    });
    item.addEventListener("keydown", (event) => {
      const typing = event.target === field(item);
      if (event.key !== "Enter" || (typing && event.shiftKey) || event.isComposing) return;
      event.preventDefault();
      next(item);
    });
  }
  for (const button of document.querySelectorAll("button[data-group]")) {
    button.addEventListener("click", () => {
      for (const item of all(button.closest("section"), "fieldset[data-pale]")) {
        if (said(item) === null) put(item, { value: "" });
      }
      keep();
    });
  }
  name.addEventListener("input", keep);
  document.getElementById("save").addEventListener("click", () => {
    const words = JSON.stringify(everything(), null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "application/json" }));
    link.download = facts.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    state.textContent = `Saved as ${facts.file}, in the folder of your downloads.`;
  });
  try {
    const before = JSON.parse(localStorage.getItem(kept) ?? "null");
    if (before) {
      name.value = before.by ?? "";
      const by = new Map(items.map((item) => [item.dataset.key, item]));
      for (const one of before.answers) if (by.has(one.key)) put(by.get(one.key), one);
      state.textContent = "What you said before is here again.";
    }
  } catch { /* what another program left there is no loss */ }
  show();
}
