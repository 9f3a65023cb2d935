package web

import (
	"errors"
	"net/http"

	"broadsheet/internal/news"
)

// A CacheClass says who may keep a response.
type CacheClass string

// The cache classes. A response to a request with a session is private
// whatever its route says.
const (
	CachePublic    CacheClass = "public"    // shared, revalidated by ETag
	CachePrivate   CacheClass = "private"   // private, no-store
	CacheImmutable CacheClass = "immutable" // for ever: the address names the content
)

// Body limits in bytes. Reading a request takes none.
const (
	bodyNone = 0
	bodyForm = 64 << 10
	// bodyRules holds lists of words.
	bodyRules = 512 << 10
)

// A Route is one method and pattern with everything an operator wants to know
// of it; `site routes` prints them.
type Route struct {
	Method  string
	Pattern string
	Action  news.Action // what a role must be allowed to do, see news.Role.May
	Cache   CacheClass
	Body    int64  // bytes of request body read at most
	Rate    string // rate-limit class

	// setsUp lets staff in who have no second factor yet: it is where they set
	// one up, or leave.
	setsUp bool
	answer func(http.ResponseWriter, *http.Request) error
}

// routes lists every address of the site.
func (s *Server) routes() []Route {
	get := func(pattern string, cache CacheClass, answer func(http.ResponseWriter, *http.Request) error) Route {
		return Route{Method: http.MethodGet, Pattern: pattern, Action: news.ActRead, Cache: cache, Body: bodyNone, Rate: "read", answer: answer}
	}
	post := func(pattern, rate string, answer func(http.ResponseWriter, *http.Request) error) Route {
		return Route{Method: http.MethodPost, Pattern: pattern, Action: news.ActRead, Cache: CachePrivate, Body: bodyForm, Rate: rate, answer: answer}
	}
	needs := func(a news.Action, r Route) Route { r.Action = a; return r }
	account := func(r Route) Route { r.Action = news.ActAccount; return r }
	setsUp := func(r Route) Route { r.Action, r.setsUp = news.ActAccount, true; return r }
	people := func(r Route) Route { r.Action = news.ActManageMembers; return r }
	moderation := func(r Route) Route { r.Action = news.ActModerate; return r }
	rules := func(r Route) Route { r.Body = bodyRules; return r }
	// A page of the account that shows a form and takes it.
	form := func(pattern string, form func(news.Member) accountForm) []Route {
		return []Route{account(get(pattern, CachePrivate, s.showForm(form))), account(post(pattern, "account", s.takeForm(form)))}
	}

	routes := []Route{
		get("/{$}", CachePublic, s.showFront),
		get("/latest", CachePublic, s.showLatest),
		get("/category", CachePublic, s.showCategories),
		get("/category/{slug}", CachePublic, s.showCategory),
		get("/tag/{slug}", CachePublic, s.showTag),
		get("/author/{slug}", CachePublic, s.showAuthor),
		get("/{day}/{slug}", CachePublic, s.showArticle),

		needs(news.ActComment, post("/{day}/{slug}/comments", "comment", s.createComment)),
		get("/comments/{id}", CachePrivate, s.showComment),
		get("/{day}/{slug}/comments/new", CachePublic, s.showArrivals),
		needs(news.ActComment, get("/comments/{id}/edit", CachePrivate, s.newEdit)),
		needs(news.ActComment, post("/comments/{id}/edit", "comment", s.updateComment)),
		needs(news.ActComment, get("/comments/{id}/delete", CachePrivate, s.newDeletion)),
		needs(news.ActComment, post("/comments/{id}/delete", "comment", s.deleteComment)),
		needs(news.ActComment, get("/comments/{id}/report", CachePrivate, s.newReport)),
		needs(news.ActComment, post("/comments/{id}/report", "report", s.createReport)),
		needs(news.ActComment, post("/comments/{id}/recommend", "recommend", s.createRecommendation)),
		get("/members/{handle}", CachePublic, s.showProfile),
		needs(news.ActComment, post("/members/{handle}/mute", "account", s.updateMute)),
		get("/house-rules", CachePublic, s.showHouseRules),

		get("/login", CachePrivate, s.newLogin),
		post("/login", "login", s.createLogin),
		post("/logout", "login", s.deleteLogin),
		get("/login/link", CachePrivate, s.newLink),
		post("/login/link", "mail", s.createLink),
		get("/login/link/open", CachePrivate, s.showLink),
		post("/login/link/open", "login", s.openLink),
		get("/login/forgotten", CachePrivate, s.newReset),
		post("/login/forgotten", "mail", s.createReset),
		get("/login/reset", CachePrivate, s.showReset),
		post("/login/reset", "login", s.updateReset),

		get("/join", CachePrivate, s.newMember),
		post("/join", "join", s.createMember),
		get("/join/sent", CachePrivate, s.showSent),
		get("/join/confirm", CachePrivate, s.showConfirmation),
		post("/join/confirm", "login", s.createConfirmation),
		get("/mail/stop", CachePrivate, s.showMailStop),
		post("/mail/stop", "account", s.createMailStop),
		get("/setup/{token}", CachePrivate, s.newSetup),
		post("/setup/{token}", "login", s.createSetup),

		account(get("/account", CachePrivate, s.showAccount)),
		account(post("/account/confirmation", "mail", s.resendConfirmation)),
		get("/account/email/confirm", CachePrivate, s.showEmailConfirmation),
		post("/account/email/confirm", "login", s.confirmEmail),
		account(get("/account/sessions", CachePrivate, s.showSessions)),
		account(post("/account/sessions", "account", s.deleteOtherSessions)),
		account(post("/account/sessions/{id}/end", "account", s.deleteSession)),
		account(get("/account/comments", CachePrivate, s.showOwnComments)),
		account(get("/account/notices", CachePrivate, s.showNotices)),
		account(post("/account/notices", "account", s.updateNotices)),
		account(get("/account/mutes", CachePrivate, s.showMutes)),
		account(post("/account/warnings/{id}/read", "account", s.readWarning)),
		account(get("/account/data/download", CachePrivate, s.showData)),
		account(post("/account/deletion/stop", "account", s.keepAccount)),

		people(get("/newsroom/members", CachePrivate, s.showMembers)),
		people(get("/newsroom/members/{id}", CachePrivate, s.showMemberFile)),
		people(post("/newsroom/members/{id}/role", "staff", s.updateRole)),
		people(post("/newsroom/members/{id}/suspend", "staff", s.createSuspension)),
		people(post("/newsroom/members/{id}/unsuspend", "staff", s.deleteSuspension)),
		people(post("/newsroom/members/{id}/sessions", "staff", s.endSessions)),

		moderation(get("/moderation", CachePrivate, s.showFirstQueue)),
		moderation(get("/moderation/{queue}", CachePrivate, s.showQueue)),
		moderation(post("/moderation/decisions", "staff", s.createDecisions)),
		moderation(post("/moderation/batches/{id}/undo", "staff", s.undoBatch)),
		moderation(get("/moderation/comments", CachePrivate, s.searchComments)),
		moderation(get("/moderation/comments/{id}", CachePrivate, s.showItem)),
		moderation(post("/moderation/articles/{id}", "staff", s.decideThread)),
		moderation(get("/moderation/members/{id}", CachePrivate, s.showConduct)),
		moderation(post("/moderation/members/{id}", "staff", s.decideMember)),
		moderation(post("/moderation/categories/{id}", "staff", s.decideCategory)),
		moderation(get("/moderation/rules", CachePrivate, s.showRules)),
		moderation(rules(post("/moderation/rules", "staff", s.updateRules))),
		moderation(get("/moderation/record", CachePrivate, s.showRecord)),
		people(post("/newsroom/members/{id}/categories", "staff", s.updateCategories)),

		get("/static/{file}", CacheImmutable, s.showAsset),
		get("/media/{file}", CacheImmutable, s.showMedia),
		get("/healthz", CachePrivate, s.showHealth),
		get("/readyz", CachePrivate, s.showReadiness),
	}
	routes = append(routes, form("/account/name", s.nameForm)...)
	routes = append(routes, form("/account/email", s.emailForm)...)
	routes = append(routes, form("/account/password", s.passwordForm)...)
	routes = append(routes, form("/account/mail", s.mailForm)...)
	routes = append(routes, form("/account/reading", s.readingForm)...)
	routes = append(routes, form("/account/data", s.dataForm)...)
	routes = append(routes, form("/account/deletion", s.deletionForm)...)
	return append(routes,
		setsUp(get("/account/second-factor", CachePrivate, s.showFactors)),
		setsUp(post("/account/second-factor/totp", "account", s.createTOTP)),
		setsUp(get("/account/second-factor/totp", CachePrivate, s.showTOTP)),
		setsUp(get("/account/second-factor/totp/qr", CachePrivate, s.showTOTPPicture)),
		setsUp(post("/account/second-factor/totp/confirm", "account", s.confirmTOTP)),
		setsUp(post("/account/second-factor/totp/delete", "account", s.deleteTOTP)),
		setsUp(post("/account/second-factor/recovery-codes", "account", s.createRecoveryCodes)),
		setsUp(post("/account/passkeys/options", "account", s.newPasskey)),
		setsUp(post("/account/passkeys", "account", s.createPasskey)),
		setsUp(post("/account/passkeys/{id}/name", "account", s.renamePasskey)),
		setsUp(post("/account/passkeys/{id}/delete", "account", s.deletePasskey)),
		post("/login/passkey/options", "login", s.newPasskeyLogin),
		post("/login/passkey", "login", s.createPasskeyLogin),
		get("/login/second", CachePrivate, s.newSecond),
		post("/login/second", "login", s.createSecond),
	)
}

// check refuses a route that leaves one of its properties open.
func (r Route) check() error {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return errors.New("method is neither GET nor POST")
	case r.Action == "":
		return errors.New("no action that says who may use it")
	case r.Cache == "":
		return errors.New("no cache class")
	case r.Method == http.MethodPost && r.Body == bodyNone:
		return errors.New("no body limit")
	case r.Rate == "":
		return errors.New("no rate-limit class")
	case r.answer == nil:
		return errors.New("no handler")
	}
	return nil
}

// LeastRole is the first role, from least to most, that may use the route.
func (r Route) LeastRole() news.Role {
	for _, role := range append([]news.Role{news.RoleNone}, news.Roles...) {
		if role.May(r.Action) {
			return role
		}
	}
	return ""
}

// Routes returns the route table, for operators to read.
func Routes() []Route { return (&Server{}).routes() }
