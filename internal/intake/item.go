package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

// kickerMax is the longest label that stands above a headline, in characters.
const kickerMax = 40

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

// item makes an import of a document, or says why it cannot.
func (in *importer) item(d *document) (news.Import, string) {
	body := in.body(d)
	if len(body) > markup.ArticleMaxBytes {
		return news.Import{}, "text longer than an article may be"
	}
	standfirst := cleanText(cmp.Or(d.meta.string("deck"), d.meta.string("summary"), d.meta.string("description")))
	if linked := in.linkOnly(d, body, standfirst); linked != "" {
		body = linked
		in.report.LinkOnly++
	}
	if standfirst == "" {
		standfirst = oneLine(stripTemplates(firstSentence(body)))
	}
	var it news.Import
	it.Headline, it.Slug, it.Day = d.title, d.slug, d.day
	it.Standfirst = text.Cut(standfirst, 1000)
	if kicker := cleanTitle(d.meta.string("kicker")); text.Length(kicker) <= kickerMax {
		it.Kicker = kicker
	}
	it.Body, it.BodyHTML, it.BodyVersion = body, markup.Article(body), markup.Version
	if tag := cmp.Or(d.meta.string("language"), d.meta.string("lang")); languageTag.MatchString(tag) {
		it.Language = tag
	}
	in.times(&it, d)
	it.Category, it.Tags = in.classify(d.meta, d.section)
	it.Authors = in.authors(d.meta)
	it.Aliases = in.aliases(d)
	in.report.Aliases += len(it.Aliases)
	if d.meta["primary_image"] != nil || d.meta["featured_image"] != nil || d.meta["image"] != nil {
		in.report.MissingPictures++
	}
	it.ImportKey = "markdown:" + d.path
	it.ImportHash = hash(it)
	return it, ""
}

// times fills in when the article appears, changed and goes.
func (in *importer) times(it *news.Import, d *document) {
	if d.published == nil {
		in.report.Drafts++
	} else {
		it.PublishedAt = d.published
		if d.published.After(in.Now) {
			in.report.Scheduled++
		}
		if at, ok := parseDate(d.meta["lastmod"], in.Zone); ok && at.After(*d.published) && !at.After(in.Now) {
			at = news.Instant(at)
			it.UpdatedAt = &at
		}
	}
	if at, ok := parseDate(cmp.Or(d.meta["expirydate"], d.meta["unpublishdate"]), in.Zone); ok {
		at = news.Instant(at)
		it.ExpiresAt = &at
		if !at.After(in.Now) {
			in.report.Expired++
		}
	}
}

// hash covers all that would be stored except the rendered body, which follows
// from the source.
func hash(it news.Import) string {
	it.BodyHTML, it.BodyVersion, it.ImportHash = "", 0, ""
	b, err := json.Marshal(it)
	if err != nil {
		return "" // news types hold nothing that JSON cannot
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// linkOnly returns the body of a document that has none to speak of but names
// a source: its summary, unless that is the standfirst already, and a link. It
// is empty for other documents.
func (in *importer) linkOnly(d *document, body, standfirst string) string {
	source, err := url.Parse(d.meta.string("source_url"))
	if err != nil || source.Scheme != "http" && source.Scheme != "https" || source.Host == "" || source.User != nil {
		return ""
	}
	if strings.Contains(strings.TrimSpace(body), "\n") {
		return ""
	}
	own := strings.TrimSpace(body)
	if own == "" {
		if own = cleanText(d.meta.string("summary")); own == standfirst {
			own = ""
		}
	}
	if strings.Contains(own, source.String()) {
		return own
	}
	to := strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(source.String())
	host := strings.TrimPrefix(strings.ToLower(source.Host), "www.")
	return strings.TrimSpace(own + "\n\n[Read the full story at " + host + "](" + to + ")")
}

// firstSentence returns the first sentence of Markdown as plain text.
func firstSentence(body string) string {
	plain := text.Excerpt(body, 400)
	for i, r := range plain {
		end := i + len(string(r))
		if strings.ContainsRune("。！？", r) {
			return plain[:end]
		}
		if strings.ContainsRune(".!?", r) && i > 30 && (end == len(plain) || plain[end] == ' ') {
			return plain[:end]
		}
	}
	return text.Cut(plain, 240)
}
