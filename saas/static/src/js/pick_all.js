// [data-pick-all] ticks every box of its table; [data-pick-count] says how many are ticked.
const boxesOf = (table) => [...table.querySelectorAll('tbody input[type="checkbox"][data-pick]')];

const count = (form) => {
  const picked = form.querySelectorAll('input[data-pick]:checked').length;
  form.querySelectorAll('[data-pick-count]').forEach((element) => { element.textContent = `（${picked} 件）`; });
};

document.addEventListener('change', ({ target }) => {
  if (target.matches('[data-pick-all]')) {
    boxesOf(target.closest('table')).forEach((box) => { box.checked = target.checked; });
  }
  const form = target.matches('[data-pick], [data-pick-all]') && target.form;
  if (form) count(form);
});
const reveal = () => document.querySelectorAll('[data-pick-all-box][hidden]').forEach((box) => { box.hidden = false; });
document.addEventListener('htmx:afterSwap', reveal);
reveal();
