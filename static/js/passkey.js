// Passkeys: a form marked data-passkey ("create" registers, "get" logs in)
// asks data-options for a challenge, the browser for the key, and then goes
// the way of any form. It stays hidden where the browser has no WebAuthn.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const kind = form.dataset.passkey;
  const read = { create: 'parseCreationOptionsFromJSON', get: 'parseRequestOptionsFromJSON' }[kind];
  if (!window.PublicKeyCredential || !PublicKeyCredential[read]) continue;
  form.hidden = false;
  for (const note of document.querySelectorAll('[data-passkey-without]')) note.hidden = true;
  const said = form.querySelector('[role=status]');
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    button.disabled = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.options, { method: 'POST', body });
      const begun = await answer.json();
      if (begun.error) {
        said.textContent = begun.error;
      } else {
        const key = await navigator.credentials[kind]({ publicKey: PublicKeyCredential[read](begun.options) });
        form.elements.challenge.value = begun.challenge;
        form.elements.credential.value = JSON.stringify(key);
        form.submit();
      }
    } catch (error) {
      said.textContent = {
        NotAllowedError: 'No passkey was used. You can try again.',
        InvalidStateError: 'This device has a passkey for your account already.',
      }[error.name] || 'That did not work. Please try again.';
    }
    button.disabled = false;
  });
}
