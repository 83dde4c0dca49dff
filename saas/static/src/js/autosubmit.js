// form[data-autosubmit]: a changed filter is applied at once; the button stays for those without script.
document.addEventListener('change', ({ target }) => {
  target.closest?.('form[data-autosubmit]')?.requestSubmit();
});
