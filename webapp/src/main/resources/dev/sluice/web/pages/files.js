// The list of files: newest first, page by page, searched and sorted; states change by themselves.

import { ask } from "./server.js";
import { arrange, byId, element, repeat, setText, show, showProblem } from "./dom.js";
import { badge, count, DASH, filePage, moment, size } from "./text.js";
import * as uploads from "./uploads.js";

const LIMIT = 50;
const QUICK_MILLIS = 2000;
const SEARCH_MILLIS = 10000; // a search reads many items
const TYPING_MILLIS = 300;

const view = { search: "", sort: "time", order: "desc" };
let pages = [{}]; // where each page begins, up to the one that is shown
let following; // where the next one begins
let rows = new Map();
let asked = 0;

function isByTime() {
  return view.search === "" && view.sort === "time";
}

function isFirstPage() {
  return isByTime() && view.order === "desc" && pages.length === 1;
}

function lines(file) {
  if (file.lines === undefined) {
    return DASH;
  }
  return file.rejected > 0 ? `${count(file.lines)}, ${count(file.rejected)} rejected` : count(file.lines);
}

function newRow() {
  const link = element("a");
  const sub = element("span", { class: "sub" });
  const state = element("td");
  const bytes = element("td", { class: "number wide" });
  const number = element("td", { class: "number wide" });
  const time = element("td", { class: "wide" });
  const node = element("tr", {}, element("th", { scope: "row" }, link, sub), state, bytes, number, time);
  let shown;
  return {
    node,
    update(file) {
      setText(link, file.name);
      link.setAttribute("href", filePage(file));
      setText(sub, `${size(file.size)} · ${moment(file.uploaded)}`);
      if (shown !== file.state) {
        state.replaceChildren(badge(file.state));
        shown = file.state;
      }
      setText(bytes, size(file.size));
      setText(number, lines(file));
      setText(time, moment(file.uploaded));
    },
  };
}

function showFiles(answer) {
  const kept = new Map();
  for (const file of answer.files) {
    const key = JSON.stringify([file.name, file.upload]);
    const row = rows.get(key) ?? newRow();
    row.update(file);
    kept.set(key, row);
  }
  rows = kept;
  arrange(byId("files").tBodies[0], [...rows.values()].map((row) => row.node));
  following = answer.after !== undefined ? { after: answer.after } : answer.from !== undefined ? { from: answer.from } : undefined;
  byId("older").disabled = following === undefined;
  byId("newer").disabled = pages.length === 1;
  show(byId("nothing"), answer.files.length === 0);
  setText(byId("nothing"), view.search === "" ? "No file has been processed yet. Upload one." : "No file is called so.");
  setText(byId("looked-at"), lookedAt(answer));
}

function lookedAt(answer) {
  if (answer.lookedAt === undefined) {
    return "";
  }
  const among = answer.all ? `all ${count(answer.lookedAt)} uploads` : `the newest ${count(answer.lookedAt)} uploads; older ones were not looked at`;
  return `${count(answer.found)} found among ${among}.`;
}

async function load() {
  const number = ++asked;
  try {
    const answer = await ask("/api/files", { limit: LIMIT, ...view, ...pages[pages.length - 1] });
    if (number === asked) {
      showProblem("");
      showFiles(answer);
      return answer.files;
    }
  } catch (refused) {
    if (number === asked) {
      showProblem(refused.message);
    }
  }
  return [];
}

async function refresh() {
  const files = await load();
  if (uploads.hasPending()) {
    try {
      const newest = isFirstPage() ? files : (await ask("/api/files", { limit: LIMIT })).files;
      await uploads.follow(newest, newest.length < LIMIT);
    } catch {
      // the next turn asks again
    }
  }
}

function restart() {
  pages = [{}];
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) {
    if (value !== "" && value !== "time" && value !== "desc") {
      address.set(name, value);
    }
  }
  history.replaceState(null, "", address.size === 0 ? "/" : `/?${address}`);
  markSorted();
  load();
}

function markSorted() {
  for (const header of document.querySelectorAll("th[data-sort]")) {
    if (header.dataset.sort === view.sort) {
      header.setAttribute("aria-sort", view.order === "desc" ? "descending" : "ascending");
    } else {
      header.removeAttribute("aria-sort");
    }
  }
}

function sortBy(column) {
  const first = column === "name" || column === "state" ? "asc" : "desc";
  const other = first === "asc" ? "desc" : "asc";
  view.order = view.sort === column && view.order === first ? other : first;
  view.sort = column;
  restart();
}

function readAddress() {
  const address = new URLSearchParams(location.search);
  view.search = (address.get("search") ?? "").slice(0, 200);
  view.sort = ["name", "size", "state"].find((sort) => sort === address.get("sort")) ?? "time";
  view.order = address.get("order") === "asc" ? "asc" : "desc";
  byId("search").value = view.search;
  markSorted();
}

readAddress();
let typing = 0;
function searchSoon() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const search = byId("search").value.trim();
    if (search !== view.search) {
      view.search = search;
      restart();
    }
  }, TYPING_MILLIS);
}
byId("search").addEventListener("input", searchSoon);
byId("search").addEventListener("change", searchSoon);
byId("search-form").addEventListener("submit", (event) => event.preventDefault());
for (const header of document.querySelectorAll("th[data-sort]")) {
  header.querySelector("button").addEventListener("click", () => sortBy(header.dataset.sort));
}
byId("older").addEventListener("click", () => {
  if (following !== undefined) {
    pages.push(following);
    load();
  }
});
byId("newer").addEventListener("click", () => {
  if (pages.length > 1) {
    pages.pop();
    load();
  }
});
uploads.start();
repeat(refresh, () => (isByTime() || uploads.hasPending() ? QUICK_MILLIS : SEARCH_MILLIS));
