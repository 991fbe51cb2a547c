// One file: what is known of an upload, what came of its lines, and the other uploads of its name.

import { address, ask } from "./server.js";
import { byId, element, repeat, say, show, showProblem } from "./dom.js";
import { badge, count, DASH, duration, filePage, moment, size, stateWord } from "./text.js";
import { timeChart, topList } from "./chart.js";

const QUICK_MILLIS = 2000;
const SLOW_MILLIS = 15000;
const LISTS = { countries: "Countries", browsers: "Browsers", statuses: "Status codes", pages: "Pages", devices: "Devices" };

const asked = new URLSearchParams(location.search);
const name = asked.get("name") ?? "";
let shown = "";
let state = "";

function tile(what, value, bad = false) {
  return element("div", { class: bad ? "tile bad" : "tile" }, element("div", { class: "value" }, value), element("div", { class: "what" }, what));
}

function showOutcomes(file) {
  show(byId("outcomes-part"), file.lines !== undefined);
  byId("outcomes").replaceChildren(
    tile("lines", count(file.lines)),
    tile("enriched", count(file.enriched)),
    tile("of these with warnings", count(file.enrichedWithWarnings)),
    tile("dropped", count(file.dropped)),
    tile("rejected", count(file.rejected), file.rejected > 0),
  );
}

function showDownloads(file) {
  const link = (what, text, kind) =>
    element("a", { class: `button ${kind}`, href: address("/api/download", { name: file.name, upload: file.upload, what }), id: `download-${what}` }, text);
  const links = [];
  if (file.hasOutput) {
    links.push(link("output", "Download the enriched lines", ""));
  }
  if (file.hasRejects) {
    links.push(link("rejects", "Download the rejects", "plain"));
  }
  byId("downloads").replaceChildren(...links);
  show(byId("downloads"), links.length > 0);
}

function showSummary(summary) {
  const times = summary?.times;
  show(byId("times-part"), times !== undefined && times.counts.length > 0);
  if (times !== undefined && times.counts.length > 0) {
    byId("times").replaceChildren(...timeChart(times));
  }
  const lists = Object.entries(LISTS).filter(([key]) => summary?.[key]?.length > 0);
  show(byId("tops-part"), lists.length > 0);
  byId("tops").replaceChildren(
    ...lists.map(([key, title]) => element("div", { class: "card pad" }, element("h3", {}, title), topList(title, summary[key].slice(0, 10), restOf(summary, key)))),
  );
}

/** What the summary counts as others, and the names that are not shown. */
function restOf(summary, key) {
  return summary.other[key] + summary[key].slice(10).reduce((sum, [, value]) => sum + value, 0);
}

function showFacts(file) {
  const facts = [
    ["Size", file.size === undefined ? DASH : `${size(file.size)} (${count(file.size)} bytes)`],
    ["Uploaded", moment(file.uploaded)],
    ["Processed", moment(file.processed)],
    ["Took", duration(file.processingMillis)],
    ["Kind", file.kind ?? DASH],
    ["Content type", file.contentType ?? DASH],
    ["Version", file.version ?? DASH],
    ["ETag", file.eTag ?? DASH],
  ];
  byId("facts").replaceChildren(...facts.flatMap(([what, value]) => [element("dt", {}, what), element("dd", {}, value)]));
}

function showHistory(history, current) {
  byId("history").replaceChildren(
    ...history.map((upload) => {
      const here = upload.upload === current.upload;
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, element("a", { href: filePage(upload), "aria-current": here ? "true" : undefined }, moment(upload.uploaded)), here ? " (this one)" : ""),
        element("td", {}, badge(upload.state)),
        element("td", { class: "number" }, size(upload.size)),
        element("td", { class: "number wide" }, count(upload.lines)),
      );
    }),
  );
}

function showAnswer(answer) {
  const { file } = answer;
  document.title = `${file.name} · Sluice`;
  byId("name").textContent = file.name;
  byId("state").replaceChildren(badge(file.state));
  byId("error").textContent = file.error ?? "";
  show(byId("error"), file.error !== undefined);
  showDownloads(file);
  showOutcomes(file);
  showSummary(answer.summary);
  showFacts(file);
  showHistory(answer.history, file);
  show(byId("history-cut"), answer.historyIsCut);
  show(byId("body"));
  if (state !== "" && state !== file.state) {
    say(`The file is now: ${stateWord(file.state)}.`);
  }
  state = file.state;
}

async function refresh() {
  try {
    const answer = await ask("/api/file", { name, upload: asked.get("upload") ?? "" });
    showProblem("");
    const text = JSON.stringify(answer);
    if (text !== shown) {
      shown = text; // what has not changed is left alone, with the focus in it
      showAnswer(answer);
    }
  } catch (refused) {
    showProblem(refused.message);
  }
}

byId("name").textContent = name === "" ? "No file" : name;
repeat(refresh, () => (state === "DONE" || state === "FAILED" || state === "DELETED" ? SLOW_MILLIS : QUICK_MILLIS));
