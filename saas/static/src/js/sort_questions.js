// [data-sort-item]: a question can be dragged to its place; the form that is sent is the one the buttons send too.
// [data-refocus]: after an act the element named in the address gets the focus, so that a key can be pressed again.
let dragged = null;

const marks = ['drop-before', 'drop-after'];
const unmark = () => document.querySelectorAll('.drop-before, .drop-after').forEach((row) => row.classList.remove(...marks));
const isBefore = (row, y) => y < row.getBoundingClientRect().top + row.offsetHeight / 2;

const send = (list, at) => {
  const form = list.closest('form');
  form.querySelector('[data-sort-page-field]').value = list.dataset.sortPage;
  form.querySelector('[data-sort-place-field]').value = at;
  form.action = dragged.dataset.sortItem;
  form.requestSubmit();
};

document.querySelectorAll('[data-sort-item]').forEach((row) => { row.draggable = row.dataset.sortItem !== ''; });
document.addEventListener('dragstart', (event) => {
  dragged = event.target.closest?.('[data-sort-item]');
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  dragged.classList.add('dragged');
});
document.addEventListener('dragover', (event) => {
  const list = dragged && event.target.closest('[data-sort-page]');
  if (!list) return;
  event.preventDefault();
  unmark();
  const row = event.target.closest('[data-sort-item]');
  if (row && row !== dragged) row.classList.add(isBefore(row, event.clientY) ? marks[0] : marks[1]);
});
document.addEventListener('drop', (event) => {
  const list = dragged && event.target.closest('[data-sort-page]');
  if (!list) return;
  event.preventDefault();
  const others = [...list.querySelectorAll('[data-sort-item]')].filter((row) => row !== dragged);
  const row = event.target.closest('[data-sort-item]');
  const at = row && row !== dragged ? others.indexOf(row) + (isBefore(row, event.clientY) ? 0 : 1) : others.length;
  if (row !== dragged) send(list, at);
});
document.addEventListener('dragend', () => {
  dragged?.classList.remove('dragged');
  dragged = null;
  unmark();
});

const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named?.hasAttribute('data-refocus')) named.focus();
