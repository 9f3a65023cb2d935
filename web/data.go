package web

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/markup"
	"broadsheet/internal/news"
	"broadsheet/store"
	"broadsheet/views"
)

// dataFor is how long the address of a download works, in the session it was
// asked for.
const dataFor = 10 * time.Minute

// dataForm is /account/data.
func (s *Server) dataForm(news.Member) accountForm {
	return accountForm{
		proof: true,
		fill: func(page *views.FormPage, g gate) {
			page.Heading, page.Links = "Download your data", back
			page.Lede = "Everything we hold about you, in one file: to read, and for other programs."
			page.Form = &views.Form{Action: views.DataPath, Button: "Download", Fields: []views.Field{
				passwordField("current-password", g.errorOf("password"), "So that we know it is you."),
			}}
		},
		act: func(_ context.Context, v news.Viewpoint, m news.Member, _ *gate, r *http.Request) (string, error) {
			until := strconv.FormatInt(v.At.Add(dataFor).Unix(), 10)
			return views.WithQuery(views.DataFilePath, "until", until, "proof", s.dataProof(r, m, until)), nil
		},
	}
}

// dataProof shows that this session gave the password not long ago.
func (s *Server) dataProof(r *http.Request, m news.Member, until string) string {
	sum := s.sign("data", strconv.FormatInt(m.ID, 10)+" "+until+" "+string(s.tokenHash(r)))
	return base64.RawURLEncoding.EncodeToString(sum)
}

// showData serves GET /account/data/download: a ZIP of one JSON file and one
// page to read.
func (s *Server) showData(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	until, err := strconv.ParseInt(q.Get("until"), 10, 64)
	if err != nil || v.At.Unix() > until || !hmac.Equal([]byte(q.Get("proof")), []byte(s.dataProof(r, m, q.Get("until")))) {
		seeOther(w, r, views.DataPath)
		return nil
	}
	data, err := s.memberData(r.Context(), v, m)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	raw, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := views.DataPageView(dataPage(s.name(), data)).Render(r.Context(), &page); err != nil {
		return err
	}
	for name, content := range map[string][]byte{"data.json": raw, "data.html": page.Bytes()} {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: v.At})
		if err != nil {
			return err
		}
		if _, err := entry.Write(content); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="my-data.zip"`)
	h.Set("Content-Length", strconv.Itoa(file.Len()))
	if r.Method != http.MethodHead {
		_, _ = w.Write(file.Bytes()) // the reader going away is not our error
	}
	return nil
}

// memberData is everything held about one member, by the names of the file.
type memberData struct {
	Email        string        `json:"email"`
	PendingEmail string        `json:"pending_email,omitempty"`
	Name         string        `json:"name"`
	Handle       string        `json:"handle"`
	Role         string        `json:"role"`
	Joined       time.Time     `json:"joined"`
	Confirmed    *time.Time    `json:"confirmed,omitempty"`
	Suspended    *time.Time    `json:"suspended_until,omitempty"`
	Reason       string        `json:"suspended_reason,omitempty"`
	NoticeMail   string        `json:"notice_mail"`
	DeleteAt     *time.Time    `json:"delete_at,omitempty"`
	Password     bool          `json:"has_password"`
	Passkeys     []dataPasskey `json:"passkeys"`
	TOTP         bool          `json:"has_code_generator"`
	Sessions     []dataSession `json:"sessions"`
	Comments     []dataComment `json:"comments"`
	Record       []dataAct     `json:"record"`
	dataConversation
}

type dataPasskey struct {
	Name string     `json:"name"`
	Made time.Time  `json:"made"`
	Used *time.Time `json:"used,omitempty"`
}

type dataSession struct {
	Device string    `json:"device"`
	Since  time.Time `json:"since"`
	Seen   time.Time `json:"seen"`
}

type dataComment struct {
	ID      int64     `json:"id"`
	Article string    `json:"article"`
	Address string    `json:"address"`
	State   string    `json:"state"`
	Reason  string    `json:"reason,omitempty"`
	Written time.Time `json:"written"`
	Text    string    `json:"text"`
}

type dataAct struct {
	At     time.Time `json:"at"`
	What   string    `json:"what"`
	Before string    `json:"before,omitempty"`
	After  string    `json:"after,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// memberData gathers everything that is held about a member.
func (s *Server) memberData(ctx context.Context, v news.Viewpoint, m news.Member) (memberData, error) {
	d := memberData{
		Email: m.Email, PendingEmail: m.PendingEmail, Name: m.Name, Handle: m.Handle, Role: string(m.Role), Joined: m.CreatedAt,
		Confirmed: m.ConfirmedAt, Suspended: m.SuspendedUntil, Reason: m.SuspendedReason, NoticeMail: string(m.NoticeMail),
		DeleteAt: m.DeleteAt, Password: m.PasswordHash != "",
		Passkeys: []dataPasskey{}, Sessions: []dataSession{}, Comments: []dataComment{}, Record: []dataAct{},
	}
	keys, err := s.db.Passkeys(ctx, m.ID)
	if err != nil {
		return d, err
	}
	for _, k := range keys {
		d.Passkeys = append(d.Passkeys, dataPasskey{Name: k.Name, Made: k.CreatedAt, Used: k.UsedAt})
	}
	if d.TOTP, err = s.hasTOTP(ctx, m); err != nil {
		return d, err
	}
	sessions, err := s.db.Sessions(ctx, m.ID, v.At)
	if err != nil {
		return d, err
	}
	for _, l := range sessions {
		d.Sessions = append(d.Sessions, dataSession{Device: l.Device, Since: l.CreatedAt, Seen: l.SeenAt})
	}
	acts, err := s.db.Acts(ctx, m.ID)
	if err != nil {
		return d, err
	}
	for _, a := range acts {
		// Moderators' notes are for moderators, and what can still be taken back
		// is not told yet.
		if a.Kind == news.ActNote || v.At.Sub(a.At) < news.UndoFor {
			continue
		}
		d.Record = append(d.Record, dataAct{At: a.At, What: string(a.Kind), Before: a.Before, After: a.After, Reason: a.Reason})
	}
	if err := s.conversationData(ctx, v, m, &d.dataConversation); err != nil {
		return d, err
	}
	const batch = 1000
	for offset := 0; ; offset += batch {
		comments, _, err := s.db.MemberComments(ctx, m.ID, batch, offset)
		if err != nil {
			return d, err
		}
		for _, c := range comments {
			d.Comments = append(d.Comments, dataComment{
				ID: c.ID, Article: c.Headline, Address: s.canonical(views.ArticlePath(c.Day, c.Slug)), State: string(c.State), Reason: c.Reason, Written: c.CreatedAt, Text: c.Body,
			})
		}
		if len(comments) < batch {
			return d, nil
		}
	}
}

// dataPage is a member's data to read.
func dataPage(site string, d memberData) views.DataPage {
	yes := map[bool]string{true: "yes", false: "no"}
	p := views.DataPage{
		Title: "What " + site + " holds about " + d.Name,
		Facts: []views.Fact{
			{Name: "Email", Value: d.Email}, {Name: "Display name", Value: d.Name}, {Name: "Role", Value: d.Role},
			{Name: "Member since", Value: d.Joined.Format(time.RFC1123)}, {Name: "Mail about comments", Value: d.NoticeMail},
			{Name: "Password set", Value: yes[d.Password]}, {Name: "Passkeys", Value: strconv.Itoa(len(d.Passkeys))},
			{Name: "Code generator", Value: yes[d.TOTP]},
		},
	}
	for _, l := range d.Sessions {
		p.Sessions = append(p.Sessions, l.Device+", since "+l.Since.Format(time.RFC1123)+", last used "+l.Seen.Format(time.RFC1123))
	}
	for _, a := range d.Record {
		p.Record = append(p.Record, a.At.Format(time.RFC1123)+": "+a.What+" "+a.Before+" "+a.After+" "+a.Reason)
	}
	p.Parts = d.parts()
	for _, c := range d.Comments {
		p.Comments = append(p.Comments, views.DataComment{Head: c.State + ", " + c.Written.Format(time.RFC1123) + ", on " + c.Article, HTML: markup.Comment(c.Text)})
	}
	return p
}

// showOwnComments serves GET /account/comments.
func (s *Server) showOwnComments(w http.ResponseWriter, r *http.Request) error {
	number, err := pageNumber(r)
	if err != nil {
		return err
	}
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	list, total, err := s.db.MemberComments(r.Context(), m.ID, news.PageSize, (number-1)*news.PageSize)
	if err != nil {
		return err
	}
	pages := max(1, (total+news.PageSize-1)/news.PageSize)
	if number > pages {
		return news.ErrNotFound
	}
	page := views.OwnCommentsPage{
		Chrome: s.chrome(r, v, "Your comments"),
		Pager: pager(pages, number, "Newer comments", "Older comments", "Pages of your comments", func(n int) string {
			return views.WithQuery(views.OwnCommentsPath, "page", pageText(n))
		}),
	}
	page.NoIndex = true
	for _, c := range list {
		page.Comments = append(page.Comments, s.ownComment(c, v.At))
	}
	return s.show(w, r, views.OwnCommentsPageView(page))
}

// ownComment says what became of a comment.
func (s *Server) ownComment(c store.MemberComment, now time.Time) views.OwnComment {
	state := map[news.CommentState]string{
		news.CommentVisible: "Shown", news.CommentHeld: "Waiting for a moderator", news.CommentRemoved: "Removed by a moderator", news.CommentDeleted: "Removed by you",
	}[c.State]
	if c.State == news.CommentRemoved && c.Reason != "" {
		state += " (" + c.Reason + ")"
	}
	if holds := news.ParseHolds(c.Holds); c.State == news.CommentHeld && len(holds) > 0 {
		state += " (" + s.why(holds, news.Story{}) + ")"
	}
	o := views.OwnComment{Headline: c.Headline, State: state, Time: s.ago(c.CreatedAt, now), HTML: markup.Comment(c.Body)}
	if c.State != news.CommentDeleted {
		o.URL = views.CommentPath(c.ID)
	}
	return o
}
