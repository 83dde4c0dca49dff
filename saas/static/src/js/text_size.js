// The size changes at once and typed text stays; without script or network the form is posted.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-text-size]') || !event.submitter) return;
  event.preventDefault();
  const { name, value } = event.submitter;
  const body = new FormData(form);
  body.set(name, value);
  document.documentElement.dataset.size = value;
  document.querySelectorAll(`[data-text-size] button[name="${name}"]`).forEach((button) => {
    button.setAttribute('aria-pressed', String(button.value === value));
  });
  try {
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
    if (answer.type !== 'opaqueredirect' && !answer.ok) throw new Error(String(answer.status));
  } catch {
    const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
    form.append(field);
    form.submit();
  }
});
