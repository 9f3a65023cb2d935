//go:build !linux

package storetest

import "syscall"

// dieWithParent does nothing where the system has no such wish: a server then
// outlives tests that are killed.
func dieWithParent(*syscall.SysProcAttr) {}
