package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/demo"
	"broadsheet/internal/news"
	"broadsheet/internal/password"
	"broadsheet/internal/text"
	"broadsheet/store"
)

// demoCommand is `site demo`.
type demoCommand struct {
	Addr   string `help:"Listen address; loopback only." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Data   string `help:"Folder of the demo, kept between runs." default:"demo" type:"path"`
	Fresh  bool   `help:"Start with a new newspaper."`
	Limits string `help:"on or off; off is for load tests." default:"on"`
}

// demoPassword opens all demo accounts; they exist on loopback only.
const demoPassword = "broadsheet-demo"

// demoAccounts are the accounts to try the site with, one for each role.
var demoAccounts = []struct {
	email, name string
	role        news.Role
}{
	{"member@demo.example", "Nell Arden", news.RoleMember},
	{"moderator@demo.example", "Ravi Sundqvist", news.RoleModerator},
	{"writer@demo.example", "Greta Onslow", news.RoleWriter},
	{"editor@demo.example", "Yusuf Brandt", news.RoleEditor},
	{"admin@demo.example", "Cosima Hale", news.RoleAdministrator},
}

// Run makes the demo newspaper if it is not there, and serves it.
func (c *demoCommand) Run(w *world) error {
	if !loopback(c.Addr) {
		return fmt.Errorf("the demo has known passwords and listens on loopback only, not on %s", c.Addr)
	}
	cfg, err := c.settings().check()
	if err != nil {
		return err
	}
	if c.Fresh {
		if err := c.clear(); err != nil {
			return err
		}
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	public := &url.URL{Scheme: "http", Host: address(l, c.Addr)}
	a, err := newApp(w.ctx, cfg, public, demo.Line, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if err := plant(w.ctx, a.db, cfg, a.now()); err != nil {
		return errors.Join(err, l.Close(), a.Close())
	}
	fmt.Fprintf(w.stderr, "listening on %s\n", public)
	fmt.Fprintf(w.stdout, "%s is at %s\nAccounts, all with the password %s:\n", demo.Name, public, demoPassword)
	for _, account := range demoAccounts {
		fmt.Fprintf(w.stdout, "  %s\n", account.email)
	}
	return errors.Join(a.serve(w.ctx, l, nil), a.Close())
}

func (c *demoCommand) settings() settings {
	return settings{
		Addr: c.Addr, Name: demo.Name, Language: "en-GB", Timezone: demo.Zone,
		Database:          "sqlite:" + filepath.Join(c.Data, "site.db"),
		Media:             "file:" + filepath.Join(c.Data, "media"),
		Mail:              "dir:" + filepath.Join(c.Data, "outbox"),
		StaffSecondFactor: "optional",
		Limits:            c.Limits,
	}
}

// clear removes what a demo made, and only that.
func (c *demoCommand) clear() error {
	var errs []error
	for _, name := range []string{"site.db", "site.db-wal", "site.db-shm", "media", "outbox"} {
		errs = append(errs, os.RemoveAll(filepath.Join(c.Data, name)))
	}
	return errors.Join(errs...)
}

// plant fills an empty database with the demo newspaper, whole or not at all.
func plant(ctx context.Context, db *store.DB, cfg config, now time.Time) error {
	empty, err := db.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	paper, err := demo.Load(now)
	if err != nil {
		return err
	}
	hash, err := password.NewHasher().Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	return db.Atomically(ctx, func(tx *store.DB) error {
		p := planter{ctx: ctx, db: tx, cfg: cfg, now: news.Instant(now), members: map[string]int64{}}
		for _, account := range demoAccounts {
			err := p.member(account.name, account.name, account.email, hash, account.role, p.now.AddDate(-2, 0, 0))
			if err != nil {
				return err
			}
		}
		return p.paper(paper)
	})
}

// A planter stores the demo newspaper.
type planter struct {
	ctx     context.Context
	db      *store.DB
	cfg     config
	now     time.Time
	members map[string]int64 // by who a comment is by
	readers []int64          // who recommends comments
}

func (p *planter) paper(paper *demo.Paper) error {
	categories := map[string]news.Category{}
	for _, c := range paper.Categories {
		if err := p.db.SaveCategory(p.ctx, &c); err != nil {
			return err
		}
		categories[c.Slug] = c
	}
	tags := map[string]news.Tag{}
	for _, t := range paper.Tags {
		if err := p.db.SaveTag(p.ctx, &t); err != nil {
			return err
		}
		tags[t.Slug] = t
	}
	authors := map[string]news.Author{}
	for _, a := range paper.Authors {
		if err := p.db.SaveAuthor(p.ctx, &a); err != nil {
			return err
		}
		authors[a.Slug] = a
		if err := p.member("author:"+a.Slug, a.Name, a.Slug+"@demo.example", "", news.RoleWriter, p.now.AddDate(-5, 0, 0)); err != nil {
			return err
		}
	}
	for i, m := range paper.Members {
		if err := p.member(m.Name, m.Name, fmt.Sprintf("reader%d@demo.example", i+1), "", news.RoleMember, m.Joined); err != nil {
			return err
		}
		p.readers = append(p.readers, p.members[m.Name])
	}
	if err := p.db.SetCommentRules(p.ctx, news.CommentRules{}.Usual(), demo.Rules, news.Act{At: p.now, Kind: news.ActRules}); err != nil {
		return err
	}
	for _, a := range paper.Articles {
		story := news.Story{Article: a.Article, Category: categories[a.Category]}
		story.CategoryID = story.Category.ID
		story.CreatedAt, story.ModifiedAt = *a.PublishedAt, *a.PublishedAt
		for _, slug := range a.Authors {
			story.Authors = append(story.Authors, authors[slug])
		}
		for _, slug := range a.Tags {
			story.Tags = append(story.Tags, tags[slug])
		}
		if a.Picture != "" {
			id, err := p.picture(a.Picture)
			if err != nil {
				return err
			}
			story.PictureID = &id
		}
		if err := p.db.CreateArticle(p.ctx, &story); err != nil {
			return fmt.Errorf("%s: %w", a.Slug, err)
		}
		if err := p.thread(story.ID, nil, a.Thread); err != nil {
			return fmt.Errorf("%s: %w", a.Slug, err)
		}
	}
	return nil
}

// member stores an account that comments are by; with an empty hash nobody
// can log in to it.
func (p *planter) member(by, name, email, hash string, role news.Role, since time.Time) error {
	m := news.Member{
		Email: email, EmailKey: text.FoldEmail(email),
		Name: name, NameKey: text.Fold(name), Handle: text.Slug(name),
		PasswordHash: hash, Role: role, CreatedAt: news.Instant(since), NoticeMail: news.NoticeMailOff,
	}
	m.ConfirmedAt = &m.CreatedAt
	if err := p.db.CreateMember(p.ctx, &m); err != nil {
		return fmt.Errorf("member %s: %w", name, err)
	}
	p.members[by] = m.ID
	return nil
}

// picture writes a picture's files, named after their content, and its row.
func (p *planter) picture(name string) (int64, error) {
	row := news.Picture{Format: "jpg", Width: demo.Widths[len(demo.Widths)-1], Height: demo.Height}
	largest, err := demo.Picture(name, row.Width)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(largest)
	row.Key = hex.EncodeToString(sum[:16])
	var widths []string
	for _, width := range demo.Widths {
		content, err := demo.Picture(name, width)
		if err != nil {
			return 0, err
		}
		file := filepath.Join(p.cfg.media, fmt.Sprintf("%s-%d.%s", row.Key, width, row.Format))
		if err := os.WriteFile(file, content, 0o640); err != nil {
			return 0, err
		}
		widths = append(widths, strconv.Itoa(width))
	}
	row.Widths = strings.Join(widths, ",")
	err = p.db.SavePicture(p.ctx, &row)
	return row.ID, err
}

func (p *planter) thread(article int64, parent *int64, comments []demo.Comment) error {
	for _, c := range comments {
		member, ok := p.members[c.By]
		if !ok {
			return fmt.Errorf("comment by unknown member %q", c.By)
		}
		row := news.Comment{ArticleID: article, MemberID: member, ParentID: parent, Body: c.Body,
			State: news.CommentVisible, CreatedAt: c.At, ReviewedAt: &c.At}
		switch {
		case c.Removed != "":
			row.State, row.Reason = news.CommentRemoved, c.Removed
		case c.Held != "":
			row.State, row.Holds, row.ReviewedAt = news.CommentHeld, c.Held, nil
		case p.now.Sub(c.At) < demoUnseen:
			row.ReviewedAt = nil
		}
		if c.Picked {
			row.PickedAt = &c.At
		}
		if err := p.db.InsertComment(p.ctx, &row); err != nil {
			return err
		}
		if err := p.opinions(&row, c); err != nil {
			return err
		}
		if err := p.thread(article, &row.ID, c.Replies); err != nil {
			return err
		}
	}
	return nil
}

// demoUnseen is how old a comment is at most that no moderator has looked at.
const demoUnseen = 20 * time.Minute

// opinions stores who recommends a comment and who reports it.
func (p *planter) opinions(c *news.Comment, of demo.Comment) error {
	for _, reader := range p.readers {
		if of.Recommended == 0 {
			break
		}
		if reader == c.MemberID {
			continue
		}
		v := news.Viewpoint{At: p.now, Reader: news.Reader{MemberID: reader, Role: news.RoleMember}}
		if _, err := p.db.Recommend(p.ctx, v, c.ID, true); err != nil {
			return fmt.Errorf("recommend: %w", err)
		}
		of.Recommended--
	}
	for _, r := range of.Reported {
		by, ok := p.members[r.By]
		if !ok {
			return fmt.Errorf("report by unknown member %q", r.By)
		}
		v := news.Viewpoint{At: p.now, Reader: news.Reader{MemberID: by, Role: news.RoleMember}}
		row := news.Report{CommentID: c.ID, MemberID: &by, Reason: r.Reason, Words: r.Words, CreatedAt: p.now.Add(-10 * time.Minute)}
		if _, err := p.db.ReportComment(p.ctx, v, &row); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return nil
}
