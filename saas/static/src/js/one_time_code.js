// Six pasted or typed digits send the form: nobody has to look for the button.
document.addEventListener('input', ({ target }) => {
  if (target.autocomplete !== 'one-time-code') return;
  const digits = target.value.replace(/\D/g, '');
  if (digits.length !== 6) return;
  target.value = digits;
  target.form?.requestSubmit();
});
