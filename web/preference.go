package web

import (
	"context"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// mailForm is /account/mail.
func (s *Server) mailForm(m news.Member) accountForm {
	moderates := m.Role.May(news.ActModerate)
	return accountForm{
		fill: func(page *views.FormPage, _ gate) {
			page.Heading, page.Links = "Mail", back
			page.Lede = "Mail about your account itself always comes. Everything else only if you ask for it here."
			page.Form = &views.Form{Action: views.MailPath, Button: "Keep this choice", Choices: []views.Choice{{
				Name: "replies", Legend: "When somebody answers you, or a moderator decides about something you wrote",
				Options: []views.Option{
					{Value: string(news.NoticeMailOff), Label: "No mail", Checked: m.NoticeMail != news.NoticeMailEach && m.NoticeMail != news.NoticeMailDaily},
					{Value: string(news.NoticeMailEach), Label: "A mail each time, at once", Checked: m.NoticeMail == news.NoticeMailEach},
					{Value: string(news.NoticeMailDaily), Label: "One mail a day, in the morning, with all of it", Checked: m.NoticeMail == news.NoticeMailDaily},
				},
			}}}
			if moderates {
				page.Form.Choices = append(page.Form.Choices, yesNo("queue", "When comments wait long for a moderator, or many do", "A mail, at most every four hours", "No mail", m.QueueMail))
			}
		},
		act: func(ctx context.Context, _ news.Viewpoint, m news.Member, g *gate, r *http.Request) (string, error) {
			choice := news.NoticeMail(r.PostFormValue("replies"))
			if choice != news.NoticeMailOff && choice != news.NoticeMailEach && choice != news.NoticeMailDaily {
				g.fault("replies-a", "Choose one of the answers")
				return "", nil
			}
			queue := m.QueueMail
			if moderates && r.PostForm.Has("queue") {
				queue = r.PostFormValue("queue") == "yes"
			}
			return views.WithQuery(views.AccountPath, "done", "mail"), s.db.SetNoticeMail(ctx, m.ID, choice, queue)
		},
	}
}

// yesNo is a question with two answers.
func yesNo(name, legend, yes, no string, is bool) views.Choice {
	return views.Choice{Name: name, Legend: legend, Options: []views.Option{
		{Value: "yes", Label: yes, Checked: is}, {Value: "no", Label: no, Checked: !is},
	}}
}

// readingForm is /account/reading.
func (s *Server) readingForm(m news.Member) accountForm {
	return accountForm{
		fill: func(page *views.FormPage, _ gate) {
			page.Heading = "Reading comments"
			page.Links = []views.Sentence{
				{Before: "Whose comments are folded for you:", Link: views.Link{Text: "Muted members", URL: views.MutesPath}, After: "."},
				{Before: "What others see:", Link: views.Link{Text: "Your page", URL: views.ProfilePath(m.Handle)}, After: "."},
				back[0],
			}
			order := views.Choice{Name: "order", Legend: "Which comments come first"}
			for _, o := range orderNames {
				order.Options = append(order.Options, views.Option{Value: string(o.order), Label: o.name, Checked: o.order == orderOf(string(m.ReadingOrder), news.OrderNewest)})
			}
			page.Form = &views.Form{Action: views.ReadingPath, Button: "Keep this choice", Choices: []views.Choice{
				order,
				yesNo("new", "What is new since your last visit", "Tell me, above the comments", "Do not tell me, and do not note my visits", !m.HideNew),
				yesNo("list", "Your public page", "Lists your comments", "Keeps the list to yourself; each comment still shows in its place", !m.HideComments),
			}}
		},
		act: func(ctx context.Context, _ news.Viewpoint, m news.Member, g *gate, r *http.Request) (string, error) {
			order, fresh, list := r.PostFormValue("order"), r.PostFormValue("new"), r.PostFormValue("list")
			if orderOf(order, "") == "" {
				g.fault("order-a", "Choose one of the orders")
			}
			if fresh != "yes" && fresh != "no" {
				g.fault("new-a", "Choose one of the answers")
			}
			if list != "yes" && list != "no" {
				g.fault("list-a", "Choose one of the answers")
			}
			if len(g.errors) > 0 {
				return "", nil
			}
			return views.WithQuery(views.AccountPath, "done", "reading"), s.db.SetReading(ctx, m.ID, orderOf(order, ""), fresh == "no", list == "no")
		},
	}
}
