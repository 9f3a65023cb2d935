// Characters left, counted as people count them (grapheme clusters), the same
// as on the server. Never blocks typing; speaks after a pause.
for (const area of document.querySelectorAll('textarea[data-max]')) {
  const said = area.form && area.form.querySelector('[data-left]');
  if (!said || !window.Intl || !Intl.Segmenter) continue;
  const cut = new Intl.Segmenter(document.documentElement.lang, { granularity: 'grapheme' });
  const max = Number(area.dataset.max);
  let wait;
  const count = () => {
    const left = max - [...cut.segment(area.value.trim())].length;
    said.classList.toggle('compose__left--over', left < 0);
    said.textContent = left < 0 ? `${-left} characters too many` : left <= 300 ? `${left} characters left` : '';
  };
  area.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(count, 400); });
  count();
}
