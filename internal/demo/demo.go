// Package demo holds the demo newspaper: its stories, its readers' comments
// and its drawn pictures, and turns them into domain types dated relative to
// a given now. It knows nothing of the store that keeps them.
package demo

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/internal/text"
)

//go:embed newsroom.yaml article/*.md comment/*.yaml picture/*.jpg
var files embed.FS

// Name, Line and Zone are the demo newspaper's settings.
const (
	Name = "The Kelderby Post"
	Line = "News from Kelderby and the Skell valley"
	Zone = "Europe/Paris"
)

// A Paper is everything in the demo newspaper.
type Paper struct {
	Categories []news.Category
	Authors    []news.Author
	Tags       []news.Tag
	Members    []Member
	Articles   []Article
}

// A Member is a reader who comments.
type Member struct {
	Name   string
	Joined time.Time
}

// An Article is a story by the slugs of its surroundings, with its thread.
type Article struct {
	news.Article
	Category string
	Authors  []string
	Tags     []string
	Picture  string // name of its files in Pictures, or ""
	Thread   []Comment
}

// A Comment is one contribution and the answers to it.
type Comment struct {
	By      string // a member's name, or "author:" and an author's slug
	At      time.Time
	Body    string
	Removed string // the house rule it broke, or ""
	Picked  bool   // by the newsroom
	Held    string // why it waits for a moderator, as news.FormatHolds writes it
	// Recommended is by how many members.
	Recommended int
	Reported    []Report
	Replies     []Comment
}

// A Report is a member's word to the moderators about a comment.
type Report struct {
	By     string
	Reason news.ReportReason
	Words  string
}

// Rules are the demo newspaper's rules for comments.
var Rules = news.CommentRules{
	HoldWords:   []string{"backhander", "traitor", "mark my words"},
	RefuseWords: []string{"vermin"},
	StaffedFrom: "07:00",
	StaffedTo:   "23:00",
}

// Widths are the widths of each picture's files, ascending, and Height is the
// height of the widest.
var Widths = []int{600, 1200}

// Height of the widest file of a picture.
const Height = 800

// Picture returns one file of a picture.
func Picture(name string, width int) ([]byte, error) {
	return files.ReadFile(fmt.Sprintf("picture/%s-%d.jpg", name, width))
}

// Load reads the newspaper as it stands at that instant.
func Load(now time.Time) (*Paper, error) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		return nil, err
	}
	l := loader{now: news.Instant(now), zone: zone}
	p := &Paper{}
	if err := l.newsroom(p); err != nil {
		return nil, fmt.Errorf("newsroom.yaml: %w", err)
	}
	names, err := fs.Glob(files, "article/*.md")
	if err != nil {
		return nil, err
	}
	day := map[string]string{} // by slug, for links between stories
	for _, name := range names {
		a, err := l.article(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		day[a.Slug] = a.Day
		p.Articles = append(p.Articles, a)
	}
	for i := range p.Articles {
		a := &p.Articles[i]
		if a.Body, err = link(a.Body, day); err != nil {
			return nil, fmt.Errorf("%s: %w", a.Slug, err)
		}
		a.BodyHTML, a.BodyVersion = markup.Article(a.Body), markup.Version
		if a.Thread, err = l.thread(a.Slug, day); err != nil {
			return nil, fmt.Errorf("comment/%s.yaml: %w", a.Slug, err)
		}
	}
	sort.Slice(p.Articles, func(i, j int) bool { return p.Articles[i].PublishedAt.Before(*p.Articles[j].PublishedAt) })
	return p, nil
}

type loader struct {
	now  time.Time
	zone *time.Location
}

func (l loader) newsroom(p *Paper) error {
	raw, err := files.ReadFile("newsroom.yaml")
	if err != nil {
		return err
	}
	var in struct {
		Categories []struct{ Slug, Name, Description string }
		Authors    []struct{ Slug, Name, Role, Bio string }
		Tags       []struct{ Slug, Name string }
		Members    []struct {
			Name   string
			Joined int // days ago
		}
	}
	if err := yaml.UnmarshalWithOptions(raw, &in, yaml.Strict()); err != nil {
		return err
	}
	for i, c := range in.Categories {
		p.Categories = append(p.Categories, news.Category{Slug: c.Slug, Name: c.Name, Description: c.Description, Position: i + 1})
	}
	for _, a := range in.Authors {
		p.Authors = append(p.Authors, news.Author{Slug: a.Slug, Name: a.Name, Role: a.Role, Bio: a.Bio})
	}
	for _, t := range in.Tags {
		p.Tags = append(p.Tags, news.Tag{Slug: t.Slug, Name: t.Name})
	}
	for _, m := range in.Members {
		p.Members = append(p.Members, Member{Name: m.Name, Joined: l.now.AddDate(0, 0, -m.Joined)})
	}
	return nil
}

func (l loader) article(name string) (Article, error) {
	raw, err := files.ReadFile(name)
	if err != nil {
		return Article{}, err
	}
	head, body, ok := bytes.Cut(bytes.TrimPrefix(raw, []byte("---\n")), []byte("\n---\n"))
	if !ok {
		return Article{}, fmt.Errorf("no front matter")
	}
	var in struct {
		Headline, Kicker, Standfirst, Category string
		Authors, Tags                          []string
		Ago, Updated                           string
		Picture, Alt, Caption, Credit          string
		Comments                               string
	}
	if err := yaml.UnmarshalWithOptions(head, &in, yaml.Strict()); err != nil {
		return Article{}, err
	}
	published, err := l.ago(in.Ago)
	if err != nil {
		return Article{}, err
	}
	a := Article{
		Article: news.Article{
			Day:         news.Day(published, l.zone),
			Slug:        strings.TrimSuffix(path.Base(name), ".md"),
			Kicker:      in.Kicker,
			Headline:    in.Headline,
			Standfirst:  in.Standfirst,
			Body:        strings.TrimSpace(string(body)),
			PublishedAt: &published,
		},
		Category: in.Category, Authors: in.Authors, Tags: in.Tags, Picture: in.Picture,
	}
	if in.Picture != "" {
		a.HeroAlt, a.HeroCaption, a.HeroCredit = in.Alt, in.Caption, in.Credit
	}
	if in.Updated != "" {
		updated, err := l.ago(in.Updated)
		if err != nil {
			return Article{}, err
		}
		a.UpdatedAt = &updated
	}
	if in.Comments == "closed" {
		a.CommentsClosedAt = &l.now
	}
	return a, nil
}

// answer is a comment as its file has it.
type answer struct {
	By, Ago, Text, Removed, Held string
	Picked                       bool
	Recommended                  int
	Reported                     []Report
	Replies                      []answer
}

// thread reads the comments on an article; most have some, one has none.
func (l loader) thread(slug string, day map[string]string) ([]Comment, error) {
	raw, err := files.ReadFile("comment/" + slug + ".yaml")
	if err != nil {
		return nil, nil // no file, no comments
	}
	var in []answer
	if err := yaml.UnmarshalWithOptions(raw, &in, yaml.Strict()); err != nil {
		return nil, err
	}
	return l.comments(in, day)
}

func (l loader) comments(in []answer, day map[string]string) ([]Comment, error) {
	var out []Comment
	for _, c := range in {
		at, err := l.ago(c.Ago)
		if err != nil {
			return nil, err
		}
		body, err := text.Clean(strings.TrimSpace(c.Text))
		if err != nil {
			return nil, err
		}
		if body, err = link(body, day); err != nil {
			return nil, err
		}
		replies, err := l.comments(c.Replies, day)
		if err != nil {
			return nil, err
		}
		recommended := c.Recommended
		if recommended == 0 && c.Removed == "" && c.Held == "" {
			// The others get a few, always the same: what is longer, rather more.
			recommended = max(0, (len(body)*7+len(c.By)*13)%17-9+len(body)/150)
		}
		out = append(out, Comment{By: c.By, At: at, Body: body, Removed: c.Removed, Picked: c.Picked, Held: c.Held,
			Recommended: recommended, Reported: c.Reported, Replies: replies})
	}
	return out, nil
}

// ago reads a distance into the past such as 35m, 2h10m, 1d4h or 12d.
func (l loader) ago(s string) (time.Time, error) {
	days := 0
	rest := s
	if d, after, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.Atoi(d)
		if err != nil {
			return time.Time{}, fmt.Errorf("ago %q: %w", s, err)
		}
		days, rest = n, after
	}
	var span time.Duration
	if rest != "" {
		var err error
		if span, err = time.ParseDuration(rest); err != nil {
			return time.Time{}, fmt.Errorf("ago %q: %w", s, err)
		}
	}
	return l.now.AddDate(0, 0, -days).Add(-span), nil
}

// link replaces article:SLUG in links by the story's address.
func link(body string, day map[string]string) (string, error) {
	const mark = "(article:"
	for {
		i := strings.Index(body, mark)
		if i < 0 {
			return body, nil
		}
		slug, _, ok := strings.Cut(body[i+len(mark):], ")")
		if !ok || day[slug] == "" {
			return "", fmt.Errorf("link to unknown story %q", slug)
		}
		body = body[:i] + "(/" + day[slug] + "/" + slug + body[i+len(mark)+len(slug):]
	}
}
