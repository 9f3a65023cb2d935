// Preview and Quote in place: the server does it as without scripts, and its
// form takes the place of this one.
document.addEventListener('submit', async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches('form.compose') || !button || !button.name || site.handled(event)) return;
  event.preventDefault();
  const field = form.elements.body;
  if (field.readOnly) return;
  field.readOnly = true;
  try {
    const { page } = await site.read(button.hasAttribute('formaction') ? button.formAction : form.action, { method: 'POST', body: site.sent(form, button) });
    const now = page.querySelector('#comments form.compose');
    if (!now) return site.plainly(form, button);
    form.replaceWith(now);
    site.place(now);
    now.dispatchEvent(new Event('turned', { bubbles: true }));
    const preview = now.querySelector('.compose__title');
    site.focus(preview || now.elements.body);
  } catch {
    site.say(form.querySelector('.compose__row'), site.away);
  } finally {
    field.readOnly = false;
  }
});
