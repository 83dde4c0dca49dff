// After a refused form the list of errors gets the focus; its links move to the input itself.
const focusSummary = (root) => root.querySelector('[data-error-summary]')?.focus();

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-error-summary] a[href^="#"]');
  const input = link && document.getElementById(link.getAttribute('href').slice(1));
  if (!input) return;
  event.preventDefault();
  input.scrollIntoView({ block: 'center' });
  input.focus({ preventScroll: true });
});
document.addEventListener('htmx:afterSwap', ({ target }) => focusSummary(target));
focusSummary(document);
