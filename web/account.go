package web

import (
	"context"
	"errors"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/text"
	"broadsheet/store"
	"broadsheet/views"
)

// done are the sentences said after a change, by the name in ?done=.
var done = map[string]string{
	"name":      "Your display name is changed, beside your earlier comments too.",
	"email":     "Your email address is changed.",
	"pending":   "We have sent a mail to the new address. It becomes yours when you press the button that mail leads to.",
	"password":  "Your password is changed, and every other device is logged out.",
	"mail":      "Your choice about mail is kept.",
	"reading":   "Your choice about reading is kept.",
	"notices":   "They are marked as read.",
	"mute":      "This member is muted: their comments are folded for you.",
	"unmute":    "This member is no longer muted.",
	"session":   "That log-in is ended.",
	"sessions":  "All other log-ins are ended.",
	"deletion":  "Your account will be deleted in 24 hours. Until then you can change your mind here.",
	"kept":      "Your account stays.",
	"confirmed": "Your address is confirmed.",
	"role":      "The role is changed, and all log-ins of this account are ended.",
	"suspend":   "The suspension is in force.",
	"unsuspend": "The suspension is lifted.",
	"ended":     "All log-ins of this account are ended.",

	"categories": "The sections are kept.",
	"rules":      "The rules are in force.",
	"closed":     "All threads are closed.",
	"reopened":   "The threads are open again.",
}

func doneText(r *http.Request) string { return done[r.URL.Query().Get("done")] }

// afterwards leads to a page that says what was done.
func afterwards(w http.ResponseWriter, r *http.Request, path, what string) error {
	seeOther(w, r, views.WithQuery(path, "done", what))
	return nil
}

// showAccount serves GET /account.
func (s *Server) showAccount(w http.ResponseWriter, r *http.Request) error {
	v, m, err := s.owner(r)
	if err != nil {
		return err
	}
	page := views.AccountPage{
		Chrome: s.chrome(r, v, "Your account"),
		Done:   doneText(r),
		Name:   m.Name,
		Email:  m.Email,
		Since:  s.moment(m.CreatedAt),
	}
	page.NoIndex = true
	switch {
	case m.DeleteAt != nil:
		page.Warning, page.Keep = "This account will be deleted on "+s.moment(*m.DeleteAt).Text+".", views.KeepPath
	case m.Suspended(v.At):
		page.Warning = s.suspensionText(*m.SuspendedUntil, m.SuspendedReason)
	case !m.Confirmed():
		page.Warning, page.Resend = "Your email address is not confirmed yet. Until it is, you can look around but not comment.", views.ResendPath
	}
	if w, err := s.db.OpenWarning(r.Context(), m.ID, v.At); err == nil {
		page.Warned = &views.Warning{Text: w.Reason, Action: views.WarningPath(w.ID), Next: views.AccountPath}
	} else if !errors.Is(err, news.ErrNotFound) {
		return err
	}
	mailed := map[news.NoticeMail]string{
		news.NoticeMailOff: "Nobody mails you", news.NoticeMailEach: "When something happens", news.NoticeMailDaily: "Once a day",
	}[m.NoticeMail]
	unread := ""
	if page.Unread > 0 {
		unread = countText(page.Unread) + " unread"
	}
	page.Items = []views.AccountItem{
		{Link: views.Link{Text: "Display name", URL: views.NamePath}},
		{Link: views.Link{Text: "Email address", URL: views.EmailPath}},
		{Link: views.Link{Text: "Password", URL: views.PasswordPath}},
		{Link: views.Link{Text: "Passkeys and second factor", URL: views.FactorPath}},
		{Link: views.Link{Text: "Where you are logged in", URL: views.SessionsPath}},
		{Link: views.Link{Text: "Mail", URL: views.MailPath}, Now: mailed},
		{Link: views.Link{Text: "Notices", URL: views.NoticesPath}, Now: unread},
		{Link: views.Link{Text: "Your comments", URL: views.OwnCommentsPath}},
		{Link: views.Link{Text: "Your public page", URL: views.ProfilePath(m.Handle)}},
		{Link: views.Link{Text: "Reading comments", URL: views.ReadingPath}, Now: "Order, what is new, what others see"},
		{Link: views.Link{Text: "Muted members", URL: views.MutesPath}},
		{Link: views.Link{Text: "Download your data", URL: views.DataPath}},
		{Link: views.Link{Text: "Delete your account", URL: views.DeletionPath}},
	}
	if m.Role.May(news.ActManageMembers) {
		page.Items = append(page.Items, views.AccountItem{Link: views.Link{Text: "Members", URL: views.MembersPath}, Now: "Roles, suspensions, log-ins"})
	}
	return s.show(w, r, views.AccountPageView(page))
}

// owner is the viewpoint and the member of a request to an account page.
func (s *Server) owner(r *http.Request) (news.Viewpoint, news.Member, error) {
	v, err := s.viewpoint(r)
	if err != nil {
		return v, news.Member{}, err
	}
	m, in, err := s.member(r)
	if err == nil && !in {
		err = news.ErrSignInNeeded
	}
	return v, m, err
}

// An accountForm is one page of the account: it shows a form and takes it.
type accountForm struct {
	fill gatePage
	act  func(ctx context.Context, v news.Viewpoint, m news.Member, g *gate, r *http.Request) (to string, err error)
	// proof asks for the password before acting.
	proof bool
	// renew gives the session a new token afterwards.
	renew bool
}

// showForm answers GET for a page of the account.
func (s *Server) showForm(form func(news.Member) accountForm) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, m, err := s.owner(r)
		if err != nil {
			return err
		}
		page := views.FormPage{Done: doneText(r)}
		form(m).fill(&page, gate{name: m.Name, email: m.Email})
		return s.writeForm(w, r, v, http.StatusOK, page)
	}
}

// takeForm answers POST for a page of the account: proof, act, and the page
// again with what is wrong, or on.
func (s *Server) takeForm(form func(news.Member) accountForm) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, m, err := s.owner(r)
		if err != nil {
			return err
		}
		g, err := readGate(r)
		if err != nil {
			return err
		}
		f, status := form(m), http.StatusUnprocessableEntity
		if f.proof {
			var tooMany *news.TooManyError
			if err := s.provePassword(r, m, &g); errors.As(err, &tooMany) {
				status = http.StatusTooManyRequests
				setRetryAfter(w, tooMany.RetryAfter)
				g.fault("password", "The password was wrong too often: please wait "+soon(tooMany.RetryAfter))
			} else if err != nil {
				return err
			}
		}
		to := ""
		if len(g.errors) == 0 {
			if to, err = f.act(r.Context(), v, m, &g, r); err != nil {
				return err
			}
		}
		if len(g.errors) > 0 {
			page := views.FormPage{Errors: g.errors}
			f.fill(&page, g)
			return s.writeForm(w, r, v, status, page)
		}
		if f.renew {
			if err := s.sessions.LogIn(w, r, m, requestOf(r).login.Session.Second); err != nil {
				return err
			}
		}
		seeOther(w, r, to)
		return nil
	}
}

// provePassword checks the field Password of a form that changes what an
// account is opened with.
func (s *Server) provePassword(r *http.Request, m news.Member, g *gate) error {
	if g.password == "" {
		g.fault("password", "Enter your password, so that we know it is you")
		return nil
	}
	if err := s.mayTry(r, m.EmailKey); err != nil {
		return err
	}
	ok, err := s.passwords.Check(r.Context(), cutPassword(g.password), m.PasswordHash)
	if err != nil {
		return err
	}
	if !ok {
		g.fault("password", "That is not your password")
		return s.countFailure(r, m.EmailKey)
	}
	return nil
}

// back leads back to the account.
var back = []views.Sentence{{Link: views.Link{Text: "Back to your account", URL: views.AccountPath}}}

// nameForm is /account/name.
func (s *Server) nameForm(m news.Member) accountForm {
	return accountForm{
		fill: func(page *views.FormPage, g gate) {
			page.Heading, page.Links = "Display name", back
			page.Form = &views.Form{Action: views.NamePath, Button: "Change the name", Fields: []views.Field{nameField(g)}}
		},
		act: func(ctx context.Context, _ news.Viewpoint, m news.Member, g *gate, _ *http.Request) (string, error) {
			s.checkName(g)
			if len(g.errors) > 0 {
				return "", nil
			}
			err := s.db.RenameMember(ctx, m.ID, g.name, text.Fold(g.name), text.Slug(g.name))
			if errors.Is(err, news.ErrConflict) {
				g.fault("name", "Another member has this name, or one that looks like it: please choose another")
				return "", nil
			}
			return views.WithQuery(views.AccountPath, "done", "name"), err
		},
	}
}

// passwordForm is /account/password.
func (s *Server) passwordForm(m news.Member) accountForm {
	return accountForm{
		proof: true,
		renew: true,
		fill: func(page *views.FormPage, g gate) {
			page.Heading, page.Links = "Password", back
			page.Lede = "Every other device is logged out, and we tell you by mail."
			page.Form = &views.Form{Action: views.PasswordPath, Button: "Change the password", Fields: []views.Field{
				passwordField("current-password", g.errorOf("password"), "The one you have now."),
				{ID: "chosen", Name: "chosen", Label: "New password", Type: "password", Autocomplete: "new-password", Error: g.errorOf("chosen"), Hint: passwordHint(m.Role)},
			}}
		},
		act: func(ctx context.Context, _ news.Viewpoint, m news.Member, g *gate, r *http.Request) (string, error) {
			chosen := gate{email: m.Email, name: m.Name}
			s.checkPassword(&chosen, m.Role, r.PostFormValue("chosen"))
			for _, e := range chosen.errors {
				g.fault("chosen", e.Text)
			}
			if len(g.errors) > 0 {
				return "", nil
			}
			hash, err := s.passwords.Hash(ctx, r.PostFormValue("chosen"))
			if err != nil {
				return "", err
			}
			err = s.db.Atomically(ctx, func(tx *store.DB) error {
				return s.changePassword(ctx, tx, m, hash, s.tokenHash(r))
			})
			s.cfg.MailDue()
			return views.WithQuery(views.AccountPath, "done", "password"), err
		},
	}
}

// deletionForm is /account/deletion.
func (s *Server) deletionForm(news.Member) accountForm {
	return accountForm{
		proof: true,
		fill: func(page *views.FormPage, g gate) {
			page.Heading, page.Links = "Delete your account", back
			page.Lede = "After 24 hours your name, address, password and log-ins are gone for good. Until then you can change your mind."
			page.Form = &views.Form{Action: views.DeletionPath, Button: "Delete my account", Choices: []views.Choice{{
				Name: "comments", Legend: "Your comments",
				Options: []views.Option{
					{Value: "keep", Label: "Leave them, under the name “" + news.FormerMember + "”", Checked: g.choice != "erase"},
					{Value: "erase", Label: "Remove them; where somebody answered, a line says that one was there", Checked: g.choice == "erase"},
				},
			}}, Fields: []views.Field{passwordField("current-password", g.errorOf("password"), "So that we know it is you.")}}
		},
		act: func(ctx context.Context, v news.Viewpoint, m news.Member, g *gate, r *http.Request) (string, error) {
			at := v.At.Add(news.DeletionGrace)
			err := s.db.Atomically(ctx, func(tx *store.DB) error {
				erase := g.choice == "erase"
				if err := tx.AskDeletion(ctx, m.ID, at, erase); err != nil {
					return lastAdministrator(err, views.AccountPath)
				}
				return s.queue(ctx, tx, m, "deletion", views.DeletionAskedMail(views.DeletionAskedMailProps{
					SiteName: s.name(), Name: m.Name, When: s.moment(at).Text, KeepURL: s.canonical(views.AccountPath), Erase: erase,
				}), "")
			})
			s.cfg.MailDue()
			return views.WithQuery(views.AccountPath, "done", "deletion"), err
		},
	}
}

// keepAccount serves POST /account/deletion/stop.
func (s *Server) keepAccount(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.owner(r)
	if err != nil {
		return err
	}
	if err := s.db.KeepMember(r.Context(), m.ID); err != nil {
		return err
	}
	return afterwards(w, r, views.AccountPath, "kept")
}
