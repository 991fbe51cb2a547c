// The running pipeline: the consumer's figures every two seconds, its newest records every four.

import { ask } from "./server.js";
import { byId, element, repeat, say, setText, show, showProblem } from "./dom.js";
import { count, duration, moment, rate, share, size } from "./text.js";
import { rateChart, topList } from "./chart.js";

const FIGURES_MILLIS = 2000;
const RECORDS_MILLIS = 4000;
const SLOW_LAG_MILLIS = 60000; // docs/consumer.md: alarm above a minute
const RATE_SPAN_MILLIS = 5000;

const WORDS = {
  none: "No consumer is configured, so nothing of a pipeline can be shown. Set CONSUMER_URL to the address of its metrics.",
  unreachable: "No consumer answers at the configured address. ",
};
let said = "";

function tile(what, value, bad = false) {
  return element("div", { class: bad ? "tile bad" : "tile" }, element("div", { class: "value" }, value), element("div", { class: "what" }, what));
}

function row(...cells) {
  return element("tr", {}, ...cells.map((text, index) => element(index === 0 ? "th" : "td", index === 0 ? { scope: "row" } : { class: "number" }, text)));
}

function sayOnce(text) {
  if (text !== said) {
    said = text;
    say(text);
  }
}

function status(kind, sign, text) {
  byId("state").replaceChildren(element("span", { class: `badge ${kind}` }, element("span", { "aria-hidden": "true" }, sign), text));
  sayOnce(`Consumer: ${text}`);
}

/** Rates between looks that are some seconds apart: lines are counted with their tile, in leaps. */
function rates(marks) {
  const points = [];
  let from = 0;
  marks.forEach(([time, lines], index) => {
    while (from < index && time - marks[from + 1][0] >= RATE_SPAN_MILLIS) {
      from++;
    }
    if (index > from) {
      points.push([time, ((lines - marks[from][1]) * 1000) / (time - marks[from][0])]);
    }
  });
  return points;
}

function showFigures(live) {
  const lag = live.lagMillis ?? -1;
  byId("tiles").replaceChildren(
    tile(`lines a second, over ${live.windowSeconds} s`, rate(live.perSecond)),
    tile("behind the stream", duration(lag), lag > SLOW_LAG_MILLIS),
    tile("the oldest record waits", duration(live.oldestMillis ?? -1)),
    tile("lines since the start", count(live.lines)),
    tile("objects committed", count(live.tiles)),
    tile("written", size(live.bytes)),
  );
  const points = rates(live.marks);
  byId("rate").replaceChildren(...(points.length > 1 ? rateChart(points) : [element("p", { class: "quiet" }, "The curve begins in a moment.")]));
  const outcomes = live.outcomes.map(([name, value]) => row(outcomeName(name), count(value), share(value, live.lines)));
  const reasons = [...live.rejected, ...live.dropped].filter(([, value]) => value > 0).map(([name, value]) => row(`· ${name}`, count(value), share(value, live.lines)));
  byId("outcomes").replaceChildren(...outcomes, ...reasons);
  byId("caches").replaceChildren(
    ...(live.caches.length === 0
      ? [row("none are measured", "", "")]
      : live.caches.map(({ name, hits, misses }) => row(name, share(hits, hits + misses), count(hits + misses)))),
  );
  byId("shards").replaceChildren(...live.shards.map((shard) => row(shard.shard, duration(shard.lagMillis), duration(shard.oldestMillis))));
  const cut = live.shardCount > live.shards.length;
  show(byId("shards-cut"), cut);
  setText(byId("shards-cut"), cut ? `The first ${count(live.shards.length)} of ${count(live.shardCount)}.` : "");
}

function outcomeName(name) {
  return { ENRICHED: "Enriched", ENRICHED_WITH_WARNINGS: "Enriched with warnings", DROPPED: "Dropped", REJECTED: "Rejected" }[name] ?? name;
}

async function figures() {
  try {
    const live = await ask("/api/live");
    showProblem("");
    const running = live.consumer === "running";
    show(byId("figures"), running);
    show(byId("no-consumer"), !running);
    setText(byId("no-consumer"), running ? "" : WORDS[live.consumer] + (live.problem ?? ""));
    if (!running) {
      status(live.consumer === "none" ? "gone" : "bad", "✕", live.consumer === "none" ? "No consumer" : "Not reachable");
      return;
    }
    status(live.healthy ? "good" : "bad", live.healthy ? "✓" : "✕", live.healthy ? "Running" : "Running, not healthy");
    showFigures(live);
  } catch (refused) {
    showProblem(refused.message);
  }
}

let shownRecords = "";

async function records() {
  let recent;
  try {
    recent = await ask("/api/live/records");
  } catch {
    return; // the figures tell that the server is away
  }
  const found = recent.output === "found";
  show(byId("records-part"), found);
  show(byId("no-records"), !found);
  if (!found) {
    setText(
      byId("no-records"),
      recent.output === "none" ? "Where the consumer writes is not configured: set PIPELINE_BUCKET and PIPELINE_PREFIX." : "The consumer has not committed anything yet.",
    );
    return;
  }
  const text = JSON.stringify(recent);
  if (text === shownRecords) {
    return;
  }
  shownRecords = text;
  byId("countries").replaceChildren(topList("Countries", recent.countries));
  byId("records").replaceChildren(
    ...recent.records.map((record) =>
      element(
        "tr",
        {},
        element("td", { class: "moment" }, record.time),
        element("td", {}, [record.city, record.country].filter((part) => part !== "").join(", ") || "unknown"),
        element("td", {}, element("code", {}, record.request)),
        element("td", { class: "number" }, record.status),
        element("td", {}, [record.browser, record.device].filter((part) => part !== "").join(", ")),
      ),
    ),
  );
  setText(
    byId("records-note"),
    `The last ${count(recent.records.length)} lines of the object committed at ${moment(recent.committed)}; countries of its last ${count(recent.lines)}. Addresses and queries are not shown.`,
  );
}

repeat(figures, () => FIGURES_MILLIS);
repeat(records, () => RECORDS_MILLIS);
