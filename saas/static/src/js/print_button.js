// [data-print] opens the print window; hidden without script, where the browser's own menu does it.
const reveal = () => document.querySelectorAll('[data-print][hidden]').forEach((button) => { button.hidden = false; });

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-print]')) window.print();
});
document.addEventListener('htmx:afterSwap', reveal);
reveal();
