// Numbers, sizes, times and states as a person reads them.

import { byId, element } from "./dom.js";

const NUMBER = new Intl.NumberFormat("en");
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

export const DASH = "–";

byId("zone").textContent = `, ${MOMENT.resolvedOptions().timeZone}`;

export function count(value) {
  return value === undefined || value === null ? DASH : NUMBER.format(value);
}

export function rate(value) {
  if (value === undefined) {
    return DASH;
  }
  return value >= 100 ? count(Math.round(value)) : value.toFixed(1);
}

export function share(part, whole) {
  return whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : DASH;
}

export function size(bytes) {
  if (bytes === undefined) {
    return DASH;
  }
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? count(value) : value.toFixed(1).replace(".0", "")}\u00a0${UNITS[unit]}`;
}

export function moment(iso) {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? DASH : MOMENT.format(date);
}

export function duration(millis) {
  if (millis === undefined || millis < 0) {
    return DASH;
  }
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const STATES = {
  WAITING: ["…", "Waiting", ""],
  UPLOADING: ["↑", "Uploading", ""],
  UPLOADED: ["✓", "Uploaded", ""],
  PROCESSING: ["◐", "Processing", "wait"],
  DONE: ["✓", "Done", "good"],
  FAILED: ["✕", "Failed", "bad"],
  REFUSED: ["✕", "Not uploaded", "bad"],
  DELETED: ["–", "Deleted", "gone"],
};

export function stateWord(state) {
  return (STATES[state] ?? ["?", state || "Unknown"])[1];
}

/** A state as a sign, a word and a colour. */
export function badge(state) {
  const [sign, word, kind] = STATES[state] ?? ["?", state || "Unknown", ""];
  return element("span", { class: `badge ${kind}` }, element("span", { class: "sign", "aria-hidden": "true" }, sign), word);
}

/** The page of an upload. */
export function filePage(file) {
  const query = new URLSearchParams({ name: file.name, upload: file.upload });
  return `/file?${query.toString().replaceAll("+", "%20")}`;
}
