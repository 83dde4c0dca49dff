// form[data-guard]: a typed but unsent form asks before the page is left, and says that it is unsaved.
const dirty = new Set();

const mark = (form) => {
  dirty.add(form);
  form.querySelectorAll('[data-dirty-mark]').forEach((element) => { element.hidden = false; });
};

const guarded = ({ target }) => {
  const form = target.closest?.('form[data-guard]');
  if (form) mark(form);
};
document.addEventListener('input', guarded);
document.addEventListener('change', guarded);
document.addEventListener('submit', ({ target }) => dirty.delete(target));
window.addEventListener('beforeunload', (event) => {
  const waiting = [...dirty].some((form) => form.isConnected);
  if (!waiting) return;
  event.preventDefault();
  event.returnValue = '';                         // Chromium before 119 asks only when this is set
});
