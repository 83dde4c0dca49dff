// data-copy="text" or data-copy="#id": shown only when there is script to serve it.
const textOf = (wanted) =>
  (wanted.startsWith('#') ? document.querySelector(wanted)?.textContent.trim() ?? '' : wanted);

// Pages on an intranet may be plain http, where navigator.clipboard does not exist.
const copyBySelection = (text) => {
  const box = Object.assign(document.createElement('textarea'), { value: text, className: 'visually-hidden' });
  document.body.append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  return done;
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
};

const reveal = () => document.querySelectorAll('[data-copy][hidden]').forEach((button) => { button.hidden = false; });

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  const done = await copy(textOf(button.dataset.copy));
  const status = document.getElementById(button.getAttribute('aria-describedby'));
  if (status) status.textContent = done ? '已复制' : '没有复制成功，请用手选中后复制';
});
document.addEventListener('htmx:afterSwap', reveal);
reveal();
