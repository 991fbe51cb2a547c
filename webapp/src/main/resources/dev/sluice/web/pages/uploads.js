// Uploads that this page has begun: some at a time, each with its progress, and what became of it.

import { ask, maxUploadBytes, send } from "./server.js";
import { byId, element, say, show } from "./dom.js";
import { badge, filePage, size, stateWord } from "./text.js";

const AT_A_TIME = 3;
const MAX_ASKED = 5;
const ENDS = ["DONE", "FAILED", "DELETED", "REFUSED"];

const uploads = [];
let running = 0;

class Upload {
  constructor(file) {
    this.file = file;
    this.name = file.name;
    this.state = "WAITING";
    this.bar = element("progress", { max: Math.max(1, file.size), value: 0, "aria-label": `Progress of ${file.name}` });
    this.title = element("span", { class: "name" }, this.name, element("span", { class: "sub always" }, size(file.size)));
    this.status = element("span", { class: "status" }, badge(this.state));
    this.node = element("li", {}, this.title, this.bar, this.status);
  }

  become(state, problem = "") {
    if (state === this.state) {
      return;
    }
    this.state = state;
    this.status.replaceChildren(badge(state));
    show(this.bar, state === "WAITING" || state === "UPLOADING");
    if (problem !== "") {
      this.node.append(element("span", { class: "problem" }, problem));
    }
    if (state !== "PROCESSING" && state !== "UPLOADING") {
      say(`${this.name}: ${stateWord(state)}. ${problem}`);
    }
  }

  async run() {
    this.become("UPLOADING");
    try {
      this.stored = await send(this.file, this.name, (bytes) => {
        this.bar.value = bytes;
      });
      this.bar.value = this.bar.max;
      this.file = undefined; // the browser may forget it
      this.become("UPLOADED");
    } catch (refused) {
      this.become("REFUSED", refused.message);
    }
  }

  isPending() {
    return this.stored !== undefined && !ENDS.includes(this.state);
  }

  /** Whether an item of the table is about this upload, and not about an earlier one of the same content. */
  isIn(item) {
    const { eTag, version, before } = this.stored;
    return (
      item.name === this.name &&
      item.eTag === eTag &&
      (version === undefined || item.version === version) &&
      (before === undefined || item.upload > before)
    );
  }

  take(item) {
    if (this.state === "UPLOADED") {
      this.title.replaceChildren(element("a", { href: filePage(item) }, this.name), element("span", { class: "sub always" }, size(item.size)));
    }
    this.become(item.state, item.state === "FAILED" ? item.error ?? "" : "");
  }
}

function next() {
  while (running < AT_A_TIME) {
    const waiting = uploads.find((upload) => upload.state === "WAITING");
    if (waiting === undefined) {
      return;
    }
    running++;
    waiting.run().finally(() => {
      running--;
      next();
    });
  }
}

function add(files) {
  for (const file of files) {
    const upload = new Upload(file);
    uploads.push(upload);
    byId("uploads").append(upload.node);
    if (file.size > maxUploadBytes) {
      upload.become("REFUSED", `The file is larger than ${size(maxUploadBytes)}.`);
    }
  }
  show(byId("uploads-done"), uploads.length > 0);
  next();
}

function clear() {
  for (const upload of uploads.filter((each) => ENDS.includes(each.state))) {
    upload.node.remove();
    uploads.splice(uploads.indexOf(upload), 1);
  }
  show(byId("uploads-done"), uploads.length > 0);
  byId("pick").focus();
}

export function hasPending() {
  return uploads.some((upload) => upload.isPending());
}

/**
 * Takes the newest items of the table.
 *
 * @param all whether the table has no others; if it may have, it is asked for uploads that are not among them
 */
export async function follow(items, all) {
  const missing = [];
  for (const upload of uploads.filter((each) => each.isPending())) {
    const item = items.find((each) => upload.isIn(each));
    if (item === undefined) {
      missing.push(upload);
    } else {
      upload.take(item);
    }
  }
  for (const upload of all ? [] : missing.slice(0, MAX_ASKED)) {
    try {
      const { history } = await ask("/api/file", { name: upload.name });
      const item = history.find((each) => upload.isIn(each));
      if (item !== undefined) {
        upload.take(item);
      }
    } catch {
      // nothing is known of it yet
    }
  }
}

/** Listens to the field and to what is dropped. */
export function start() {
  const drop = byId("drop");
  const pick = byId("pick");
  byId("max-size").textContent = `At most ${size(maxUploadBytes)} a file.`;
  pick.addEventListener("change", () => {
    add([...pick.files]);
    pick.value = "";
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add([...event.dataTransfer.files]);
  });
  // A file that misses its target must not replace the page.
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => {
    if (running > 0) {
      event.preventDefault();
    }
  });
  byId("clear").addEventListener("click", clear);
}
