// Charts as SVG: sizes are attributes and colours classes, so no style stands inline.

import { drawing, element } from "./dom.js";
import { count, moment, rate } from "./text.js";

const WIDTH = 600;
const HEIGHT = 150;

function chart(label, ...shapes) {
  return drawing(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
    drawing("line", { class: "axis", x1: 0, y1: HEIGHT - 0.5, x2: WIDTH, y2: HEIGHT - 0.5 }),
    ...shapes,
  );
}

function scale(...texts) {
  return element("p", { class: "scale" }, ...texts.map((text) => element("span", {}, text)));
}

function stepName(seconds) {
  const names = { 60: "minute", 300: "5 minutes", 3600: "hour", 21600: "6 hours", 86400: "day", 604800: "week" };
  return names[seconds] ?? `${count(seconds)} seconds`;
}

/** Counts over time as bars, and as a table for those who do not see them. */
export function timeChart({ from, stepSeconds, counts }) {
  const most = Math.max(1, ...counts);
  const width = WIDTH / Math.max(1, counts.length);
  const start = Date.parse(from);
  const time = (index) => new Date(start + index * stepSeconds * 1000).toISOString();
  const bars = counts.map((value, index) => {
    const height = (value / most) * (HEIGHT - 4);
    return drawing(
      "rect",
      { x: index * width + width * 0.08, y: HEIGHT - height, width: width * 0.84, height },
      drawing("title", {}, `${moment(time(index))}: ${count(value)}`),
    );
  });
  const label = `Lines in each ${stepName(stepSeconds)}, at most ${count(most)}; the figures are in the table below`;
  const rows = counts.map((value, index) =>
    element("tr", {}, element("th", { scope: "row" }, moment(time(index))), element("td", { class: "number" }, count(value))),
  );
  return [
    scale(`lines in each ${stepName(stepSeconds)}`, `at most ${count(most)}`),
    chart(label, drawing("g", { class: "bars" }, ...bars)),
    scale(moment(from), moment(time(counts.length))),
    element(
      "details",
      {},
      element("summary", {}, "As a table"),
      element(
        "div",
        { class: "table", tabindex: "0", role: "region", "aria-label": "Lines over time" },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "From"), element("th", { scope: "col", class: "number" }, "Lines"))),
          element("tbody", {}, ...rows),
        ),
      ),
    ),
  ];
}

/** A rate over time as a curve: points of [milliseconds, value]. */
export function rateChart(points) {
  const most = Math.max(1, ...points.map(([, value]) => value));
  const first = points[0][0];
  const span = Math.max(1, points[points.length - 1][0] - first);
  const place = ([time, value]) => `${(((time - first) / span) * WIDTH).toFixed(1)},${(HEIGHT - (value / most) * (HEIGHT - 6)).toFixed(1)}`;
  const line = points.map(place).join(" ");
  const seconds = Math.round(span / 1000);
  return [
    scale("lines a second", `at most ${rate(most)}`),
    chart(
      `Lines a second over the last ${seconds} seconds, at most ${rate(most)}`,
      drawing("polygon", { class: "under", points: `0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}` }),
      drawing("polyline", { class: "curve", points: line }),
    ),
    scale(`${seconds} s ago`, "now"),
  ];
}

/** Names with their counts, each with a bar for its share of the first one. */
export function topList(title, pairs, other = 0) {
  const most = Math.max(1, ...pairs.map(([, value]) => value));
  const row = (name, value, bar) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name === "" ? "(empty)" : name),
      element(
        "td",
        { class: "share", "aria-hidden": "true" },
        bar ? drawing("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" }, drawing("rect", { x: 0, y: 1, width: (100 * value) / most, height: 8, rx: 1 })) : null,
      ),
      element("td", { class: "number" }, count(value)),
    );
  const rows = pairs.map(([name, value]) => row(name, value, true));
  if (other > 0) {
    rows.push(row("all others", other, false));
  }
  if (rows.length === 0) {
    return element("p", { class: "quiet" }, "None.");
  }
  return element("table", { class: "top-list" }, element("caption", { class: "unseen" }, title), element("tbody", {}, ...rows));
}
