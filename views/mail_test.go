package views

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "write the files of testdata anew")
	}
}

const paper = "The Skell Courier"

var mails = map[string]Mail{
	"confirm": ConfirmMail(ConfirmMailProps{SiteName: paper, Name: "Ann Lee", URL: "https://courier.example/join/confirm?token=AbC-1&next=%2Fx", Hours: 48, Days: 7}),
	"already": AlreadyMail(AlreadyMailProps{SiteName: paper, Name: "Ann Lee", LoginURL: "https://courier.example/login", ResetURL: "https://courier.example/forgotten"}),
	"login":   LoginLinkMail(LoginLinkMailProps{SiteName: paper, Name: "Ann Lee", URL: "https://courier.example/login/link?token=AbC", Minutes: 30}),
	"reset":   ResetMail(ResetMailProps{SiteName: paper, Name: "Ann Lee", URL: "https://courier.example/reset?token=AbC", Minutes: 30}),

	"password-changed": PasswordChangedMail(PasswordChangedMailProps{SiteName: paper, Name: "Ann Lee", ResetURL: "https://courier.example/forgotten"}),
	"change":           ChangeEmailMail(ChangeEmailMailProps{SiteName: paper, Name: "Ann Lee", URL: "https://courier.example/account/email/confirm?token=AbC", Hours: 24}),
	"change-notice":    EmailChangedMail(EmailChangedMailProps{SiteName: paper, Name: "Ann Lee", AccountURL: "https://courier.example/account/email"}),
	"change-done":      EmailChangedMail(EmailChangedMailProps{SiteName: paper, Name: "Ann Lee", AccountURL: "https://courier.example/account/email", Done: true}),
	"second-factor":    FactorChangedMail(FactorChangedMailProps{SiteName: paper, Name: "Ann Lee", What: "a passkey was added", AccountURL: "https://courier.example/account/factor"}),
	"deletion":         DeletionAskedMail(DeletionAskedMailProps{SiteName: paper, Name: "Ann Lee", When: "15 March 2026, 12:00 UTC", KeepURL: "https://courier.example/account"}),
	"deletion-erase":   DeletionAskedMail(DeletionAskedMailProps{SiteName: paper, Name: "Ann Lee", When: "15 March 2026, 12:00 UTC", KeepURL: "https://courier.example/account", Erase: true}),
	"queue": QueueMail(QueueMailProps{SiteName: paper, Name: "Ann Lee", Lines: []string{"4 comments held, the oldest for 5 hours.", "1 comment reported, the oldest for 40 minutes."},
		URL: "https://courier.example/moderation", StopURL: "https://courier.example/mail/stop?token=queue-7.x"}),
	"notice": NoticeMail(NoticeMailProps{SiteName: paper, Name: "Ann Lee", Subject: "Your comment was removed",
		Text:  "A moderator removed your comment on “Eels “climb” the <weir>”. The reason: personal attack.",
		Words: "First line & more", StopURL: "https://courier.example/mail/stop?token=7.x",
		Links: []Link{{Text: "Read it in its place", URL: "https://courier.example/comments/7"}, {Text: "House rules", URL: "https://courier.example/house-rules"}}}),
	"notice-account": NoticeMail(NoticeMailProps{SiteName: paper, Name: "Ann Lee", Subject: "You cannot comment for now",
		Text:  "You cannot comment for now. The reason: three <removed> comments. Your account says until when.",
		Links: []Link{{Text: "Your account", URL: "https://courier.example/account"}, {Text: "House rules", URL: "https://courier.example/house-rules"}}}),
	"digest": DigestMail(DigestMailProps{SiteName: paper, Name: "Ann Lee", Count: 23, More: 21,
		Lines: []string{"Tuesday, 14:05: Çelik <b>& Söhne</b> answered your comment on “Eels”.", "Tuesday, 15:10: The editors picked your comment on “Eels”."},
		URL:   "https://courier.example/account/notices", StopURL: "https://courier.example/mail/stop?token=7.x"}),
	"reply": ReplyMail(ReplyMailProps{SiteName: paper, Name: "Ann Lee", By: "Çelik <b>& Söhne</b>", Headline: "Eels “climb” the <weir>",
		Words: "First line & more\nSecond <script>line</script>", URL: "https://courier.example/comments/7", StopURL: "https://courier.example/mail/stop?token=7.x"}),
}

// TestMail compares every message with what was read and found good. Run with
// -update to write them anew.
func TestMail(t *testing.T) {
	for name, m := range mails {
		compare(t, name+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		compare(t, name+".html", m.HTML)
	}
	files, err := filepath.Glob("testdata/mail/*")
	if err != nil || len(files) != 2*len(mails) {
		t.Errorf("%d files for %d messages, %v", len(files), len(mails), err)
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "mail", name)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%s differs (%v): go test ./views -run Mail -update, and read the difference; got\n%s", path, err, got)
	}
}

var (
	aHref = regexp.MustCompile(`(?:href|src|url|action)\s*[=(]\s*["']?([^"'\s>)]*)`)
	aTag  = regexp.MustCompile(`(?i)<(img|link|script|iframe|table|form|video|audio|object|svg|base)\b|@import|@font-face|\bstyle=`)
)

// Every message says why it came and what to do if it was not the reader,
// says the same in both forms, and brings nothing in from outside.
func TestMailRules(t *testing.T) {
	for name, m := range mails {
		for form, words := range map[string]string{"text": m.Text, "html": m.HTML} {
			if !strings.Contains(words, "You get this") || !strings.Contains(words, "f it was not you") {
				t.Errorf("%s, %s: does not say why it came or what to do", name, form)
			}
			if !strings.Contains(words, paper) {
				t.Errorf("%s, %s: does not name the site", name, form)
			}
		}
		if tag := aTag.FindString(m.HTML); tag != "" {
			t.Errorf("%s: has %s", name, tag)
		}
		for _, link := range aHref.FindAllStringSubmatch(m.HTML, -1) {
			url := strings.ReplaceAll(link[1], "&amp;", "&")
			if !strings.HasPrefix(url, "https://courier.example/") || !strings.Contains(m.Text, url) {
				t.Errorf("%s: link %q is foreign or missing from the text", name, url)
			}
		}
		if strings.ContainsAny(m.Subject, "\r\n") || m.Subject == "" {
			t.Errorf("%s: subject %q", name, m.Subject)
		}
	}
	bad := ResetMail(ResetMailProps{SiteName: "S", Name: "N", URL: "javascript:alert(1)"})
	if strings.Contains(bad.HTML, `href="javascript:`) {
		t.Error("a link runs a script")
	}
}
