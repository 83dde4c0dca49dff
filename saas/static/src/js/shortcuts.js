// [data-key="s"] is pressed or focused by one key, outside inputs only; `?` lists the keys.
// The choice to switch them off is kept in this browser: it is no personal data.
const STORE = 'shortcuts-off';
const TYPING = 'input, select, textarea, [contenteditable]';
const list = document.querySelector('[data-shortcut-list]');
const isOff = () => window.localStorage.getItem(STORE) === '1';

const labelOf = (element) =>
  element.dataset.keyLabel || element.getAttribute('aria-label') || element.textContent.trim();

const row = (key, label) => {
  const term = document.createElement('dt');
  const kbd = document.createElement('kbd');
  const meaning = document.createElement('dd');
  kbd.textContent = key;
  meaning.textContent = label;
  term.append(kbd);
  return [term, meaning];
};

const fillList = () => {
  const keys = [...document.querySelectorAll('[data-key]')].map((element) => row(element.dataset.key, labelOf(element)));
  list.querySelector('dl').replaceChildren(...row('?', '打开或收起这张表'), ...keys.flat());
};

const act = (key) => {
  const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!element) return false;
  if (element.matches(TYPING)) element.focus();
  else element.click();
  return true;
};

const pressed = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest(TYPING) || isOff()) return;
  if (event.key === '?') {
    list.open = !list.open;
    if (list.open) list.querySelector('summary').focus();
    event.preventDefault();
  } else if (act(event.key)) event.preventDefault();
};

if (list) {
  const toggle = list.querySelector('[data-shortcut-switch]');
  list.hidden = false;
  toggle.checked = !isOff();
  toggle.addEventListener('change', () => window.localStorage.setItem(STORE, toggle.checked ? '0' : '1'));
  list.addEventListener('toggle', fillList);
  document.addEventListener('keydown', pressed);
}
