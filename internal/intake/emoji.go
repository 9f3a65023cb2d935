package intake

import "regexp"

var emojiCode = regexp.MustCompile(`:[a-z0-9_+-]{2,30}:`)

// emoji replaces the common codes for emoji and leaves others as they are.
func emoji(s string) string {
	return emojiCode.ReplaceAllStringFunc(s, func(code string) string {
		if e, ok := emojis[code[1:len(code)-1]]; ok {
			return e
		}
		return code
	})
}

var emojis = map[string]string{
	"smile": "😄", "smiley": "😃", "grin": "😁", "grinning": "😀", "joy": "😂", "laughing": "😆", "blush": "😊",
	"wink": "😉", "heart_eyes": "😍", "sunglasses": "😎", "thinking": "🤔", "cry": "😢", "sob": "😭", "scream": "😱",
	"heart": "❤️", "blue_heart": "💙", "green_heart": "💚", "purple_heart": "💜", "sparkling_heart": "💖",
	"thumbsup": "👍", "+1": "👍", "thumbsdown": "👎", "-1": "👎", "clap": "👏", "wave": "👋", "raised_hands": "🙌",
	"pray": "🙏", "muscle": "💪", "point_right": "👉", "point_left": "👈", "point_down": "👇", "point_up": "☝️",
	"ok_hand": "👌", "eyes": "👀", "tada": "🎉", "confetti_ball": "🎊", "balloon": "🎈", "gift": "🎁", "cake": "🎂",
	"birthday": "🎂", "sparkles": "✨", "star": "⭐", "star2": "🌟", "fire": "🔥", "zap": "⚡", "sunny": "☀️",
	"rainbow": "🌈", "earth_americas": "🌎", "earth_africa": "🌍", "earth_asia": "🌏", "globe_with_meridians": "🌐",
	"rocket": "🚀", "bulb": "💡", "memo": "📝", "pencil": "📝", "pencil2": "✏️", "book": "📖", "books": "📚",
	"newspaper": "📰", "calendar": "📅", "date": "📅", "clock1": "🕐", "hourglass": "⌛", "bell": "🔔",
	"mega": "📣", "loudspeaker": "📢", "speech_balloon": "💬", "email": "✉️", "envelope": "✉️", "phone": "☎️",
	"iphone": "📱", "computer": "💻", "camera": "📷", "movie_camera": "🎥", "microphone": "🎤", "headphones": "🎧",
	"link": "🔗", "lock": "🔒", "unlock": "🔓", "key": "🔑", "mag": "🔍", "bar_chart": "📊", "chart_with_upwards_trend": "📈",
	"chart_with_downwards_trend": "📉", "hammer": "🔨", "wrench": "🔧", "gear": "⚙️", "package": "📦", "bug": "🐛",
	"white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "no_entry": "⛔", "question": "❓",
	"exclamation": "❗", "information_source": "ℹ️", "arrow_right": "➡️", "arrow_left": "⬅️", "100": "💯", "trophy": "🏆",
	"medal_sports": "🏅", "dart": "🎯", "coffee": "☕", "pizza": "🍕", "dog": "🐶", "cat": "🐱", "us": "🇺🇸", "flag_us": "🇺🇸",
}
