package main

import (
	"fmt"
	"text/tabwriter"

	"broadsheet/web"
)

// routesCommand is `site routes`.
type routesCommand struct{}

// Run prints the route table.
func (c *routesCommand) Run(w *world) error {
	table := tabwriter.NewWriter(w.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "METHOD\tPATTERN\tLEAST ROLE\tCACHE\tBODY LIMIT\tRATE LIMIT")
	for _, r := range web.Routes() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\n", r.Method, r.Pattern, r.LeastRole(), r.Cache, r.Body, r.Rate)
	}
	return table.Flush()
}
