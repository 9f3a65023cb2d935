package views

import (
	"net/url"
	"strconv"
)

// The site's addresses, built in one place. web/routes.go has the patterns
// they answer to, and a test holds the two together.

// ArticlePath is the address of an article: its day as yyyymmdd and its slug.
func ArticlePath(day, slug string) string { return "/" + day + "/" + url.PathEscape(slug) }

// CategoryPath is the address of a category's listing.
func CategoryPath(slug string) string { return "/category/" + url.PathEscape(slug) }

// TagPath is the address of a tag's listing.
func TagPath(slug string) string { return "/tag/" + url.PathEscape(slug) }

// AuthorPath is the address of an author's page.
func AuthorPath(slug string) string { return "/author/" + url.PathEscape(slug) }

// CommentPath is the permanent address of a comment.
func CommentPath(id int64) string { return "/comments/" + strconv.FormatInt(id, 10) }

// CommentsPath is where comments on an article are posted.
func CommentsPath(day, slug string) string { return ArticlePath(day, slug) + "/comments" }

// ArrivalsPath is where it is asked how many comments have come since one.
func ArrivalsPath(day, slug string) string { return CommentsPath(day, slug) + "/new" }

// CommentEditPath is where an author changes a comment.
func CommentEditPath(id int64) string { return CommentPath(id) + "/edit" }

// CommentDeletePath is where an author takes a comment down.
func CommentDeletePath(id int64) string { return CommentPath(id) + "/delete" }

// CommentReportPath is where a comment is reported.
func CommentReportPath(id int64) string { return CommentPath(id) + "/report" }

// RecommendPath is where a comment is recommended, or no longer.
func RecommendPath(id int64) string { return CommentPath(id) + "/recommend" }

// ProfilePath is a member's public page.
func ProfilePath(handle string) string { return "/members/" + url.PathEscape(handle) }

// MutePath is where a member is muted, or no longer.
func MutePath(handle string) string { return ProfilePath(handle) + "/mute" }

// WarningPath is where a member says that they have read a warning.
func WarningPath(id int64) string {
	return AccountPath + "/warnings/" + strconv.FormatInt(id, 10) + "/read"
}

// CommentAnchor is the fragment of a comment, without the hash sign.
func CommentAnchor(id int64) string { return "comment-" + strconv.FormatInt(id, 10) }

// MediaPath is the address of one file of a picture.
func MediaPath(name string) string { return "/media/" + url.PathEscape(name) }

// WithQuery appends the parameters that are not empty, in the order given as
// name, value, name, value.
func WithQuery(path string, pairs ...string) string {
	sep := "?"
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		path += sep + url.QueryEscape(pairs[i]) + "=" + url.QueryEscape(pairs[i+1])
		sep = "&"
	}
	return path
}

// Fixed addresses.
const (
	FrontPath      = "/"
	LatestPath     = "/latest"
	CategoriesPath = "/category"
	LoginPath      = "/login"
	JoinPath       = "/join"
	LogoutPath     = "/logout"
	AccountPath    = "/account"

	JoinSentPath    = "/join/sent"
	ConfirmPath     = "/join/confirm"
	ForgottenPath   = "/login/forgotten"
	ResetPath       = "/login/reset"
	LinkPath        = "/login/link"
	LinkOpenPath    = "/login/link/open"
	ResendPath      = "/account/confirmation"
	NamePath        = "/account/name"
	EmailPath       = "/account/email"
	EmailOpenPath   = "/account/email/confirm"
	PasswordPath    = "/account/password"
	FactorPath      = "/account/second-factor"
	SessionsPath    = "/account/sessions"
	MailPath        = "/account/mail"
	OwnCommentsPath = "/account/comments"
	DataPath        = "/account/data"
	DataFilePath    = "/account/data/download"
	DeletionPath    = "/account/deletion"
	KeepPath        = "/account/deletion/stop"
	MailStopPath    = "/mail/stop"
	SetupPath       = "/setup"
	NewsroomPath    = "/newsroom"
	MembersPath     = "/newsroom/members"
	NoticesPath     = "/account/notices"
	ReadingPath     = "/account/reading"
	MutesPath       = "/account/mutes"
	HouseRulesPath  = "/house-rules"
)

// SessionEndPath is where one session is ended.
func SessionEndPath(id int64) string {
	return SessionsPath + "/" + strconv.FormatInt(id, 10) + "/end"
}

// MemberFilePath is a member's file, and below it what is done to them.
func MemberFilePath(id int64) string { return MembersPath + "/" + strconv.FormatInt(id, 10) }

// Passkeys and the second factor.
const (
	TOTPPath                = FactorPath + "/totp"
	TOTPPicturePath         = TOTPPath + "/qr"
	TOTPConfirmPath         = TOTPPath + "/confirm"
	TOTPDeletePath          = TOTPPath + "/delete"
	RecoveryCodesPath       = FactorPath + "/recovery-codes"
	PasskeysPath            = "/account/passkeys"
	PasskeyOptionsPath      = PasskeysPath + "/options"
	PasskeyLoginPath        = "/login/passkey"
	PasskeyLoginOptionsPath = PasskeyLoginPath + "/options"
	SecondPath              = "/login/second"
)

// PasskeyNamePath is where a passkey is renamed.
func PasskeyNamePath(id int64) string {
	return PasskeysPath + "/" + strconv.FormatInt(id, 10) + "/name"
}

// PasskeyDeletePath is where a passkey is removed.
func PasskeyDeletePath(id int64) string {
	return PasskeysPath + "/" + strconv.FormatInt(id, 10) + "/delete"
}
