// [data-passkey="create|get"] on a form: its button asks the device by [data-options]; the answer goes with the form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const forDevice = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
});

const FIELDS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];

const forServer = ({ id, rawId, type, response }) => {
  const said = FIELDS.filter((name) => response[name]).map((name) => [name, base64(response[name])]);
  const transports = response.getTransports ? { transports: response.getTransports() } : {};
  return JSON.stringify({ id, rawId: base64(rawId), type, response: { ...Object.fromEntries(said), ...transports } });
};

const ask = async (form) => {
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    const publicKey = forDevice(JSON.parse(form.dataset.options));
    form.elements.answer.value = forServer(await navigator.credentials[form.dataset.passkey]({ publicKey }));
    form.submit();
  } catch {
    failed.hidden = false;
  }
};

// In the first round, so that the guard against second presses does not take this for a form under way.
document.addEventListener('submit', (event) => {
  if (!event.target.dataset.passkey) return;
  event.preventDefault();
  ask(event.target);
}, { capture: true });
