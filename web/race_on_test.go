//go:build race

package web

// raceEnabled says that the race detector runs, which spoils timings.
const raceEnabled = true
