// Tick all on this page, and say how many are ticked.
if (desk.list && document.querySelector('form[data-bulk]')) {
  const bulk = document.querySelector('form[data-bulk]');
  const label = document.createElement('label');
  label.className = 'bulk__all';
  const all = document.createElement('input');
  all.type = 'checkbox';
  label.append(all, 'Tick all on this page');
  desk.list.before(label);
  const said = document.createElement('p');
  said.className = 'field__hint';
  said.setAttribute('role', 'status');
  bulk.before(said);

  const ticks = () => desk.cards().map((card) => card.querySelector('[data-tick]')).filter(Boolean);
  const count = () => {
    const boxes = ticks();
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    said.textContent = ticked ? `${ticked} ticked` : '';
  };
  all.addEventListener('change', () => {
    for (const box of ticks()) box.checked = all.checked;
    count();
  });
  desk.list.addEventListener('change', count);
  document.addEventListener('desk:cards', count);
  document.addEventListener('desk:decided', count);
}
