// The map of a process: drag a step, draw a line, drop a new step; arrows, N, Delete. Every act is a form of the page.
import { open } from './desk.js';

const SVG = 'http://www.w3.org/2000/svg';
const LEAST = 5;                                  // pixels: less is a click
const TYPING = 'input, select, textarea, [contenteditable]';
let drag = null;

const mapOf = (node) => node.closest?.('[data-flow-map]');
const editable = () => document.querySelector('[data-flow-map][data-editable]');
const stateOf = (node) => node?.closest?.('.flow-state');
const idOf = (part) => part.dataset.place.split('.')[1];
const address = (query) => `${editable().dataset.here}?${new URLSearchParams(query)}`;

const pointIn = (svg, { clientX, clientY }) => {
  const matrix = svg.getScreenCTM().inverse();
  return new DOMPoint(clientX, clientY).matrixTransform(matrix);
};

const send = (name, values) => {
  const form = document.getElementById(`map-${name}`);
  Object.entries(values).forEach(([key, value]) => { form.elements[key].value = value; });
  form.requestSubmit();
};

const shape = (svg, name, kind) => {
  const made = document.createElementNS(SVG, name);
  made.setAttribute('class', kind);
  svg.append(made);
  return made;
};

const set = (element, values) => Object.entries(values).forEach(([key, value]) => element.setAttribute(key, value));

// Three things can be dragged: a step, the handle below it, and the button for a new step.
const kinds = {
  move: {
    show: ({ state, dx, dy }) => state.setAttribute('transform', `translate(${dx} ${dy})`),
    drop: ({ state, dx, dy }) => send('place', {
      at: state.dataset.place,
      x: Math.round(Number(state.dataset.x) + dx),
      y: Math.round(Number(state.dataset.y) + dy),
    }),
  },
  connect: {
    show: (one) => {
      one.line ??= shape(one.svg, 'line', 'flow-draft');
      set(one.line, { x1: one.start.x, y1: one.start.y, x2: one.now.x, y2: one.now.y });
    },
    drop: ({ state, under }) => {
      const to = stateOf(under);
      if (to) send('connect', { source: idOf(state), to: idOf(to) });
    },
  },
  add: {
    show: (one) => {
      one.line ??= shape(one.svg, 'rect', 'flow-draft');
      set(one.line, { x: one.now.x - 76, y: one.now.y - 28, width: 152, height: 56, rx: 6 });
    },
    drop: ({ under, now }) => {
      const step = under?.closest('[data-place^="transitions."]');
      if (step) open(address({ at: step.dataset.place, new: 'insert' }));
      else if (under?.closest('[data-flow-map]')) open(address({ new: 'states', x: Math.round(now.x), y: Math.round(now.y) }));
    },
  },
};

const kindOf = (target) => {
  if (target.closest?.('#map-add')) return 'add';
  if (!mapOf(target)) return null;
  if (target.closest('.flow-port')) return 'connect';
  return stateOf(target) ? 'move' : null;
};

document.addEventListener('pointerdown', (event) => {
  const map = editable();
  const kind = map && event.button === 0 && event.pointerType !== 'touch' ? kindOf(event.target) : null;
  if (!kind) return;
  const svg = map.querySelector('svg');
  drag = { kind, svg, state: stateOf(event.target), start: pointIn(svg, event), from: event, dragged: false };
});

document.addEventListener('pointermove', (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.from.clientX, event.clientY - drag.from.clientY);
  if (!drag.dragged && far < LEAST) return;
  drag.dragged = true;
  drag.now = pointIn(drag.svg, event);
  Object.assign(drag, { dx: drag.now.x - drag.start.x, dy: drag.now.y - drag.start.y });
  kinds[drag.kind].show(drag);
});

document.addEventListener('pointerup', (event) => {
  const done = drag;
  drag = null;
  if (!done?.dragged) return;
  done.line?.remove();
  done.under = document.elementFromPoint(event.clientX, event.clientY);
  document.addEventListener('click', swallow, { capture: true, once: true });
  window.setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), 0);
  kinds[done.kind].drop(done);
});

const swallow = (event) => {
  event.preventDefault();
  event.stopPropagation();
};

// Links of the map would be dragged by the browser itself.
document.addEventListener('dragstart', (event) => {
  if (mapOf(event.target) || event.target.closest?.('#map-add')) event.preventDefault();
});

document.addEventListener('click', (event) => {
  const link = mapOf(event.target) && event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(link.getAttribute('href'));
});

const leads = (state) => state.dataset.leads.split(' ').filter(Boolean);
const states = (map) => [...map.querySelectorAll('.flow-state')];
const byId = (map, id) => map.querySelector(`[data-place="${CSS.escape(`states.${id}`)}"]`);
const beside = (map, state, by) => states(map)[states(map).indexOf(state) + by];

const neighbours = {
  ArrowDown: (map, state) => leads(state).map((id) => byId(map, id)).find(Boolean),
  ArrowUp: (map, state) => states(map).find((one) => leads(one).includes(idOf(state))),
  ArrowRight: (map, state) => beside(map, state, 1),
  ArrowLeft: (map, state) => beside(map, state, -1),
};

const edits = {
  n: (part) => stateOf(part) && open(address({ new: 'states', after: idOf(part) })),
  Delete: (part) => send('remove', { at: part.dataset.place }),
};

const walk = (event, map, part) => {
  const next = stateOf(part) && neighbours[event.key]?.(map, part);
  if (!neighbours[event.key]) return false;
  next?.focus();
  return true;
};

const edit = (event, map, part) => {
  const act = edits[event.key] ?? edits[event.key.toLowerCase()];
  if (!act || !map.hasAttribute('data-editable')) return false;
  act(part);
  return true;
};

document.addEventListener('keydown', (event) => {
  const part = event.target.closest?.('[data-flow-map] [data-place]');
  if (!part || event.ctrlKey || event.altKey || event.metaKey) return;
  const map = mapOf(part);
  if (walk(event, map, part) || edit(event, map, part)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, { capture: true });

document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.closest?.(TYPING)) return;
  const key = event.key.toLowerCase();
  const again = key === 'y' || (key === 'z' && event.shiftKey);
  const button = again ? document.getElementById('redo') : key === 'z' ? document.getElementById('undo') : null;
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});
