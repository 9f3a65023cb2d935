// Show password: a button beside each password field that shows what was
// typed, and hides it again; the field is hidden again before it is sent, so
// that browsers still know it for a password.
for (const field of document.querySelectorAll('input[type=password]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button--quiet button--small field__reveal';
  button.textContent = 'Show password';
  button.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-controls', field.id);
  const show = (on) => {
    field.type = on ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(on));
  };
  button.addEventListener('click', () => show(field.type === 'password'));
  field.form.addEventListener('submit', () => show(false));
  field.after(button);
}
