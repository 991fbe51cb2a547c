// The only way in which these pages make elements. Texts become text nodes, so no name of a file and
// no line of a log can turn into HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

export function show(node, shown = true) {
  node.hidden = !shown;
}

/** Sets a text only where it differs, so that a screen reader hears of changes alone. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Tells those who listen. */
export function say(text) {
  byId("said").textContent = text;
}

/** Shows what went wrong above the page, or nothing. */
export function showProblem(text) {
  const node = byId("problem");
  setText(node, text);
  show(node, text !== "");
}

/**
 * Runs now and again after each pause, one run at a time, while somebody looks at the page. The pause may
 * change, so it is a function.
 */
export function repeat(run, pauseMillis) {
  let timer = 0;
  async function turn() {
    clearTimeout(timer);
    timer = 0;
    if (!document.hidden) {
      await run();
    }
    timer = setTimeout(turn, pauseMillis());
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && timer !== 0) {
      turn();
    }
  });
  turn();
}

/**
 * Makes the children of a node those of the list, keeping the nodes that stay, so that focus stays with
 * them. Each node knows its key.
 */
export function arrange(parent, nodes) {
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) {
      parent.insertBefore(node, parent.children[index] ?? null);
    }
  });
  while (parent.children.length > nodes.length) {
    parent.lastElementChild.remove();
  }
}
