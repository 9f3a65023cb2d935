//go:build race

package store_test

// raceEnabled says that the race detector runs, which spoils timings.
const raceEnabled = true
