// Reply in place: the page's own form comes under the comment to be answered
// and goes back when the reader stops. What was typed stays with its comment.
{
  const typed = {}; // by the comment it answers
  const at = (form) => form.elements.parent ? form.elements.parent.value : '';

  const turn = (form, parent) => {
    const field = form.elements.body;
    form.dispatchEvent(new Event('turning', { bubbles: true }));
    typed[at(form)] = field.value;
    for (const e of form.querySelectorAll('.compose__answers, [name=parent], .compose__preview, .field__error, .notice')) e.remove();
    form.classList.remove('compose--bad');
    field.removeAttribute('aria-invalid');
    if (parent) form.querySelector('label').before(parent);
    site.place(form);
    field.value = typed[at(form)] || '';
    form.dispatchEvent(new Event('turned', { bubbles: true }));
    field.focus();
  };

  const answers = (id) => {
    const comment = document.getElementById('comment-' + id);
    const words = comment.querySelector('.comment__body').textContent.trim().replace(/\s+/g, ' ');
    const box = document.createElement('div');
    box.className = 'compose__answers';
    const line = document.createElement('p');
    const name = document.createElement('strong');
    name.append(comment.querySelector('.comment__name bdi').cloneNode(true));
    const button = (text, more) => Object.assign(document.createElement('button'), { className: 'button--plain', textContent: text, ...more });
    line.append('Replying to ', name, ': “' + (words.length > 120 ? words.slice(0, 119) + '…' : words) + '” ',
      button('Quote', { name: 'quote', value: '1' }), ' ', button('Cancel', { type: 'button' }));
    const parent = Object.assign(document.createElement('input'), { type: 'hidden', name: 'parent', value: id });
    box.append(line);
    const both = document.createDocumentFragment();
    both.append(box, parent);
    return both;
  };

  document.addEventListener('submit', (event) => {
    const form = document.querySelector('#comments form.compose');
    if (event.target.id !== 'reply' || !event.submitter || !form || form.elements.kept || site.handled(event)) return;
    event.preventDefault();
    if (at(form) !== event.submitter.value) turn(form, answers(event.submitter.value));
    else form.elements.body.focus();
  });

  document.addEventListener('click', (event) => {
    const stop = event.target.closest('.compose__answers :is(a, [type=button])');
    if (!stop || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const form = stop.closest('form');
    const button = document.querySelector(`button[form=reply][value="${at(form)}"]`);
    turn(form);
    if (button) button.focus();
  });
}
