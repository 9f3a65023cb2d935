package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres is the server for the tests of this process.
var postgres struct {
	url      string
	template string      // database to copy, once there is one
	folder   string      // of a private server, else ""
	server   *os.Process // likewise
	ended    chan struct{}
	log      bytes.Buffer // to be read only after ended is closed
}

// startPostgres makes sure that there is a server.
var startPostgres = sync.OnceValue(func() error {
	if address := os.Getenv("SITE_TEST_POSTGRES"); address != "" {
		if _, err := url.Parse(address); err != nil {
			return fmt.Errorf("storetest: SITE_TEST_POSTGRES: %w", err)
		}
		postgres.url = address
		return nil
	}
	programs, err := findPostgres()
	if err != nil {
		return err
	}
	return startPrivate(programs)
})

// findPostgres returns the folder with the programs of the newest PostgreSQL
// here, in the path or where Debian puts them.
func findPostgres() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(folders, func(a, b string) int { return versionOf(b) - versionOf(a) })
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if initdb, err = filepath.EvalSymlinks(initdb); err == nil {
			folders = slices.Insert(folders, 0, filepath.Dir(initdb))
		}
	}
	for _, folder := range folders {
		_, err1 := os.Stat(filepath.Join(folder, "initdb"))
		_, err2 := os.Stat(filepath.Join(folder, "postgres"))
		if err1 == nil && err2 == nil {
			return folder, nil
		}
	}
	return "", errors.New("storetest: no PostgreSQL here: install the Debian package postgresql, or set SITE_TEST_POSTGRES")
}

func versionOf(folder string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	return n
}

// startPrivate starts a server that listens on a socket in its own folder
// only, and forgets what it knows when the machine stops: it need not last.
func startPrivate(programs string) error {
	folder, err := os.MkdirTemp("", "storetest-pg-*")
	if err != nil {
		return err
	}
	postgres.folder = folder
	attr := &syscall.SysProcAttr{}
	if os.Getuid() == 0 { // PostgreSQL refuses to run as root
		uid, gid, err := unprivileged()
		if err != nil {
			return err
		}
		if err := os.Chown(folder, uid, gid); err != nil {
			return err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(folder, "data")
	initdb := exec.Command(filepath.Join(programs, "initdb"), "--pgdata", data, "--username=storetest",
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	initdb.Dir, initdb.SysProcAttr = folder, attr
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("storetest: initdb: %w\n%s", err, out)
	}

	server := exec.Command(filepath.Join(programs, "postgres"), "-D", data, "-k", folder,
		"-c", "listen_addresses=", "-c", "max_connections=200", "-c", "shared_buffers=64MB",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "autovacuum=off", "-c", "log_min_messages=fatal", "-c", "log_min_error_statement=panic")
	server.Dir, server.Stdout, server.Stderr = folder, &postgres.log, &postgres.log
	server.SysProcAttr = &syscall.SysProcAttr{Credential: attr.Credential}
	dieWithParent(server.SysProcAttr)
	postgres.ended = make(chan struct{})
	started := make(chan error)
	go func() {
		// Linux takes the end of the thread that started a process for the
		// end of its parent: this one must stay.
		runtime.LockOSThread()
		err := server.Start()
		started <- err
		if err == nil {
			server.Wait()
		}
		close(postgres.ended)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("storetest: %w", err)
	}
	postgres.server = server.Process
	postgres.url = "postgres:///postgres?user=storetest&host=" + url.QueryEscape(folder)
	return awaitPostgres()
}

// unprivileged is the account for a server started by root.
func unprivileged() (uid, gid int, err error) {
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(account.Uid)
		gid, err2 := strconv.Atoi(account.Gid)
		return uid, gid, errors.Join(err1, err2)
	}
	return 0, 0, errors.New("storetest: PostgreSQL does not run as root and there is no account postgres; install the Debian package postgresql")
}

// awaitPostgres returns once the server takes connections.
func awaitPostgres() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for {
		conn, err := pgx.Connect(ctx, postgres.url)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-postgres.ended:
			return fmt.Errorf("storetest: postgres ended at once:\n%s", &postgres.log)
		case <-ctx.Done():
			return fmt.Errorf("storetest: postgres does not answer: %w", err)
		case <-poll.C:
		}
	}
}

// stopPostgres stops a private server and removes its folder, or removes the
// template from a server that was there.
func stopPostgres() error {
	if postgres.template != "" && postgres.folder == "" {
		return dropDatabase(postgres.template)
	}
	if postgres.server != nil {
		postgres.server.Signal(syscall.SIGQUIT) // at once: nothing is to be kept
		<-postgres.ended
	}
	if postgres.folder == "" {
		return nil
	}
	return os.RemoveAll(postgres.folder)
}
