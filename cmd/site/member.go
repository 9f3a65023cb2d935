package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/news"
	"broadsheet/internal/password"
	"broadsheet/internal/text"
	"broadsheet/store"
)

// memberCommand is `site member`: the command line for the bad day. Each part
// works while the server runs, and is written in the member's record.
type memberCommand struct {
	Add         memberAdd         `cmd:"" help:"Make an account; the password is read from standard input."`
	Role        memberRole        `cmd:"" help:"Change a role, and end all log-ins of the account."`
	Password    memberPassword    `cmd:"" help:"Set a password, read from standard input, and end all log-ins."`
	Suspend     memberSuspend     `cmd:"" help:"Suspend an account for some days, or lift a suspension with --lift."`
	EndSessions memberEndSessions `cmd:"" help:"End all log-ins of an account."`
}

type memberAdd struct {
	settings `embed:""`
	Email    string `arg:"" help:"Address to log in with."`
	Display  string `arg:"" name:"name" help:"Display name."`
	Role     string `help:"member, moderator, writer, editor or administrator." default:"member" enum:"member,moderator,writer,editor,administrator"`
}

type memberRole struct {
	settings `embed:""`
	Email    string `arg:"" help:"Address of the account."`
	Role     string `arg:"" help:"member, moderator, writer, editor or administrator." enum:"member,moderator,writer,editor,administrator"`
}

type memberPassword struct {
	settings `embed:""`
	Email    string `arg:"" help:"Address of the account."`
}

type memberSuspend struct {
	settings `embed:""`
	Email    string `arg:"" help:"Address of the account."`
	Days     int    `help:"How many days; 0 is for good." default:"7"`
	Reason   string `help:"Why; the member is told." default:""`
	Lift     bool   `help:"End the suspension now."`
}

type memberEndSessions struct {
	settings `embed:""`
	Email    string `arg:"" help:"Address of the account."`
}

// withMember opens the database and finds the account.
func withMember(w *world, s settings, email string, f func(ctx context.Context, db *store.DB, m news.Member, at time.Time) error) error {
	cfg, err := s.check()
	if err != nil {
		return err
	}
	db, err := openStore(w.ctx, cfg)
	if err != nil {
		return err
	}
	m, err := db.MemberByEmail(w.ctx, text.FoldEmail(email))
	if errors.Is(err, news.ErrNotFound) {
		err = fmt.Errorf("there is no account with the address %s", email)
	}
	if err == nil {
		err = f(w.ctx, db, m, news.Instant(time.Now()))
	}
	return errors.Join(err, db.Close())
}

// readPassword reads one line from standard input: a password in the
// arguments would stand in the list of processes.
func readPassword(stdin io.Reader, role news.Role, own ...string) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(stdin, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	p := strings.TrimRight(line, "\r\n")
	least := news.PasswordMin
	if role.Staff() {
		least = news.StaffPasswordMin
	}
	if n := utf8.RuneCountInString(p); n < least || n > news.PasswordMax || !utf8.ValidString(p) {
		return "", fmt.Errorf("the password on standard input needs %d to %d characters", least, news.PasswordMax)
	}
	if why := password.Weakness(p, own...); why != "" {
		return "", errors.New(why)
	}
	return p, nil
}

// Run makes a confirmed account.
func (c *memberAdd) Run(w *world) error {
	cfg, err := c.check()
	if err != nil {
		return err
	}
	email, err := text.CleanName(c.Email)
	if err != nil || !text.ValidEmail(email) {
		return fmt.Errorf("%q is not an email address", c.Email)
	}
	name, err := text.CleanName(c.Display)
	if n := text.Length(name); err != nil || n < news.NameMin || n > news.NameMax || text.Fold(name) == "" {
		return fmt.Errorf("the display name needs %d to %d characters", news.NameMin, news.NameMax)
	}
	chosen, err := readPassword(w.stdin, news.Role(c.Role), email, name)
	if err != nil {
		return err
	}
	hash, err := password.NewHasher().Hash(w.ctx, chosen)
	if err != nil {
		return err
	}
	db, err := openStore(w.ctx, cfg)
	if err != nil {
		return err
	}
	at := news.Instant(time.Now())
	m := news.Member{
		Email: email, EmailKey: text.FoldEmail(email), Name: name, NameKey: text.Fold(name), Handle: text.Slug(name),
		PasswordHash: hash, Role: news.Role(c.Role), NoticeMail: news.NoticeMailOff, CreatedAt: at, ConfirmedAt: &at,
	}
	err = db.Atomically(w.ctx, func(tx *store.DB) error {
		if err := tx.CreateMember(w.ctx, &m); err != nil {
			return err
		}
		return tx.RecordAct(w.ctx, news.Act{At: at, SubjectID: m.ID, Kind: "created", After: c.Role})
	})
	if err == nil {
		fmt.Fprintf(w.stdout, "made %s (%s) %s\n", m.Name, m.Email, m.Role)
	}
	return errors.Join(err, db.Close())
}

// Run changes a role.
func (c *memberRole) Run(w *world) error {
	return withMember(w, c.settings, c.Email, func(ctx context.Context, db *store.DB, m news.Member, at time.Time) error {
		err := db.SetRole(ctx, m.ID, news.Role(c.Role), news.Act{At: at, Kind: "role"})
		if errors.Is(err, news.ErrConflict) {
			return errors.New("this is the last administrator: make somebody else one first")
		}
		if err == nil {
			fmt.Fprintf(w.stdout, "%s is %s now; all log-ins of the account are ended\n", m.Name, c.Role)
		}
		return err
	})
}

// Run sets a password.
func (c *memberPassword) Run(w *world) error {
	return withMember(w, c.settings, c.Email, func(ctx context.Context, db *store.DB, m news.Member, at time.Time) error {
		chosen, err := readPassword(w.stdin, m.Role, m.Email, m.Name)
		if err != nil {
			return err
		}
		hash, err := password.NewHasher().Hash(ctx, chosen)
		if err != nil {
			return err
		}
		err = db.Atomically(ctx, func(tx *store.DB) error {
			if err := tx.SetPassword(ctx, m.ID, hash); err != nil {
				return err
			}
			if err := tx.RecordAct(ctx, news.Act{At: at, SubjectID: m.ID, Kind: "password"}); err != nil {
				return err
			}
			_, err := tx.EndSessions(ctx, m.ID, news.Act{At: at, Kind: "end-sessions"})
			return err
		})
		if err == nil {
			fmt.Fprintf(w.stdout, "the password of %s is set; all log-ins of the account are ended\n", m.Name)
		}
		return err
	})
}

// Run suspends, or lifts a suspension.
func (c *memberSuspend) Run(w *world) error {
	return withMember(w, c.settings, c.Email, func(ctx context.Context, db *store.DB, m news.Member, at time.Time) error {
		if c.Lift {
			if err := db.Unsuspend(ctx, m.ID, news.Act{At: at, Kind: "unsuspend"}); err != nil {
				return err
			}
			fmt.Fprintf(w.stdout, "the suspension of %s is lifted\n", m.Name)
			return nil
		}
		if c.Days < 0 || c.Days > 3650 {
			return errors.New("--days takes 0 to 3650")
		}
		until, words := at.AddDate(0, 0, c.Days), fmt.Sprintf("for %d days", c.Days)
		if c.Days == 0 {
			until, words = news.Forever, "for good"
		}
		err := db.Suspend(ctx, m.ID, until, c.Reason, news.Act{At: at, Kind: "suspend", Reason: c.Reason})
		if errors.Is(err, news.ErrConflict) {
			return errors.New("this is the last administrator: make somebody else one first")
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "%s is suspended %s\n", m.Name, words)
		return nil
	})
}

// Run ends all log-ins of an account.
func (c *memberEndSessions) Run(w *world) error {
	return withMember(w, c.settings, c.Email, func(ctx context.Context, db *store.DB, m news.Member, at time.Time) error {
		n, err := db.EndSessions(ctx, m.ID, news.Act{At: at, Kind: "end-sessions"})
		if err == nil {
			fmt.Fprintf(w.stdout, "ended %d log-ins of %s\n", n, m.Name)
		}
		return err
	})
}
