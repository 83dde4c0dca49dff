// A second press while the first is under way is ignored. The server refuses duplicates all the same.
const RELEASE_AFTER_MS = 8000;                    // an answer that is a download leaves the page standing

const buttonsOf = (form) => form.querySelectorAll('button:not([type="button"]), input[type="submit"]');

const release = (form) => {
  if (!form.dataset.sending) return;
  delete form.dataset.sending;
  buttonsOf(form).forEach((button) => button.removeAttribute('aria-disabled'));
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === 'get') return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = '1';
  // aria-disabled, not disabled: the pressed button's own name and value must still be sent
  buttonsOf(form).forEach((button) => button.setAttribute('aria-disabled', 'true'));
  window.setTimeout(() => release(form), RELEASE_AFTER_MS);
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sending]').forEach(release));
document.addEventListener('htmx:afterRequest', ({ target }) => {
  const form = target.closest('form');
  if (form) release(form);
});
