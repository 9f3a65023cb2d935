package harness

import (
	"fmt"
	"sync/atomic"
	"time"
)

// Member is an account made by a test.
type Member struct{ Email, Name, Password string }

var members atomic.Int64

// NewMember is somebody nobody has seen before; the account is not made yet.
func NewMember() Member {
	n := fmt.Sprintf("%d-%d", members.Add(1), time.Now().UnixMilli()%1e7)
	return Member{Email: "visitor" + n + "@e2e.example", Name: "Visitor " + n, Password: "seven green bottles " + n}
}

// FillJoin fills the form to become a member.
func (p *Page) FillJoin(m Member) {
	p.t.Helper()
	p.Fill("Email", m.Email)
	p.Fill("Display name", m.Name)
	p.Fill("Password", m.Password)
}

// Join becomes a member, by the mail, and returns to the path given.
func (p *Page) Join(m Member, next string) {
	p.t.Helper()
	p.AskToJoin(m, next)
	p.Confirm(m)
	if p.Bare() != next {
		p.t.Fatalf("after joining at %s, not %s", p.Path(), next)
	}
}

// AskToJoin fills and sends the form to become a member, and is told to look
// in the mail.
func (p *Page) AskToJoin(m Member, next string) {
	p.t.Helper()
	p.Go("/join?next=" + next)
	p.FillJoin(m)
	p.SendJoin()
}

// SendJoin sends the form to become a member.
func (p *Page) SendJoin() {
	p.t.Helper()
	p.Follow("Become a member @ main form")
	if p.Bare() != "/join/sent" {
		p.t.Fatalf("after the form to become a member at %s", p.Path())
	}
}

// Confirm opens the mail to a new member and does what it asks for.
func (p *Page) Confirm(m Member) {
	p.t.Helper()
	p.OpenMail(m.Email, "Confirm your address")
	p.Fill("Password", m.Password)
	p.Follow("Confirm and log in")
}

// Enter logs in and comes to the path given.
func (p *Page) Enter(email, password, next string) {
	p.t.Helper()
	p.Go("/login?next=" + next)
	p.LogIn(email, password)
	if p.Bare() != next {
		p.t.Fatalf("after logging in at %s, not %s", p.Path(), next)
	}
}

// LogIn fills and sends the form to log in.
func (p *Page) LogIn(email, password string) {
	p.t.Helper()
	p.Fill("Email", email)
	p.Fill("Password", password)
	p.Follow("button:Log in")
}

// Post writes a comment and posts it.
func (p *Page) Post(words string) {
	p.t.Helper()
	p.Fill("Your comment", words)
	p.Follow("Post comment")
}
