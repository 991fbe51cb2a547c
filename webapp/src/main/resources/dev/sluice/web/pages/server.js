// What the pages ask the server.

function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content ?? "";
}

export const maxUploadBytes = Number(meta("sluice-max-upload-bytes"));
const token = meta("sluice-token");

/** An address with its parameters; a plus stays one. */
export function address(path, parameters) {
  const pairs = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

/** An answer that is an error has the words of the server. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function words(status, text) {
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string") {
      return error;
    }
  } catch {
    // no JSON, so not from our server
  }
  return `The server answers ${status}.`;
}

export async function ask(path, parameters = {}) {
  let answer;
  try {
    answer = await fetch(address(path, parameters), { cache: "no-store" });
  } catch {
    throw new Refused(0, "The server does not answer.");
  }
  if (!answer.ok) {
    throw new Refused(answer.status, words(answer.status, await answer.text()));
  }
  return answer.json();
}

/** Sends a file; resolves with what the server stored. XMLHttpRequest, as fetch tells no progress. */
export function send(file, name, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address("/api/upload", { name }));
    request.setRequestHeader("X-Sluice-Token", token);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status === 201) {
        resolve(JSON.parse(request.responseText));
      } else {
        reject(new Refused(request.status, words(request.status, request.responseText)));
      }
    });
    request.addEventListener("error", () => reject(new Refused(0, "The connection broke off; nothing was stored.")));
    request.addEventListener("abort", () => reject(new Refused(0, "Cancelled; nothing was stored.")));
    request.send(file);
  });
}
