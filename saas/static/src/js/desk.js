// #desk is drawn anew after every act: what is typed is not lost unasked, and the focus goes where the eye is.
import htmx from 'htmx.org';

const DESK = 'desk';
const QUESTION = '有未保存的修改，离开后会丢失。要离开吗？';
let before = null;

const unsaved = () => {
  const mark = document.querySelector(`#${DESK} form[data-guard] [data-dirty-mark]:not([hidden])`);
  return mark && mark.closest('form');
};

// A page of its own for whoever comes back to it or sends it on.
export const open = (url) => {
  const form = unsaved();
  if (form && !window.confirm(QUESTION)) return;
  if (form) form.removeAttribute('data-guard');
  htmx.ajax('GET', url, { target: `#${DESK}`, swap: 'innerHTML' }).then(() => window.history.pushState({}, '', url));
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-open]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.getAttribute('href'));
});

// Back and forward draw the page anew.
window.addEventListener('popstate', () => window.location.reload());

document.addEventListener('htmx:confirm', (event) => {
  const form = unsaved();
  if (!form || event.detail.elt === form || !event.detail.elt.closest(`#${DESK}`)) return;
  event.preventDefault();
  if (window.confirm(QUESTION)) event.detail.issueRequest(true);
});

// Somebody else was quicker: the answer shows what was typed and what they did.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.id !== DESK) return;
  if (detail.xhr.status === 409) Object.assign(detail, { shouldSwap: true, isError: false });
  const active = document.activeElement;
  before = {
    id: active?.id,
    place: active?.dataset?.place,
    title: document.querySelector('[data-panel-title]')?.textContent,
    scroll: document.querySelector('[data-flow-map]')?.scrollLeft,
  };
});

const again = () => (before.id && document.getElementById(before.id))
  || (before.place && document.querySelector(`[data-flow-map] [data-place="${CSS.escape(before.place)}"]`));

document.addEventListener('htmx:afterSwap', ({ target }) => {
  if (target.id !== DESK || !before) return;
  const map = document.querySelector('[data-flow-map]');
  const title = document.querySelector('[data-panel-title]');
  if (map && before.scroll) map.scrollLeft = before.scroll;
  if (document.querySelector(`#${DESK} [data-error-summary]`)) return;
  if (title && title.textContent !== before.title) title.focus();
  else again()?.focus({ preventScroll: true });
});
