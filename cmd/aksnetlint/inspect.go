package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tidwall/gjson"

	"github.com/aksnetlint/aksnetlint/linter"
)

// inspected is one resource as inspect prints it.
type inspected struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	File  string `json:"file"`
	Line  int    `json:"line"`
	Input any    `json:"input"`
}

func (c *command) inspectCommand() *cobra.Command {
	flags := &lintFlags{}
	var kind, query string
	cmd := &cobra.Command{
		Use:   "inspect PATH ...",
		Short: "Print the exact input that rules see, as JSON",
		Long: `Inspect prints one JSON object for each resource: its kind, its place and the
input of the rules that judge it. A value that is not known before deployment
is {"unknown": EXPRESSION, "because": REASON}. --select prints only what lies
at a path of the input (the path syntax of gjson), one line a resource.`,
		Example: `  aksnetlint inspect azuredeploy.json
  aksnetlint inspect --select resource.properties.networkProfile azuredeploy.json
  aksnetlint inspect --kind Service deploy | jq .input.resource`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			_, subjects, err := c.subjects(cmd.Context(), flags, kind, nil, paths)
			if err != nil {
				return err
			}
			encoder := json.NewEncoder(c.stdout)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			for _, s := range subjects {
				if query != "" {
					if err := c.printSelected(s, query); err != nil {
						return err
					}
					continue
				}
				if err := encoder.Encode(inspected{s.Kind, s.Name, s.Place.File, s.Place.Line, linter.Readable(s.Input)}); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.register(cmd)
	cmd.Flags().StringVar(&query, "select", "", "print only what lies at this `path` of the input")
	cmd.Flags().StringVar(&kind, "kind", "", "only resources of this `kind` or type")
	return cmd
}

// printSelected prints the name of a resource and what lies at the path of its
// input, null where nothing does.
func (c *command) printSelected(s linter.Subject, path string) error {
	input, err := json.Marshal(linter.Readable(s.Input))
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", s.Name, err)
	}
	found := gjson.GetBytes(input, path).Raw
	if found == "" {
		found = "null"
	}
	name, err := json.Marshal(s.Name)
	if err != nil {
		return fmt.Errorf("inspecting %s: %w", s.Name, err)
	}
	_, err = fmt.Fprintf(c.stdout, "{%s: %s}\n", name, found)
	return err
}

// subjects loads the rules and lists the resources below the paths, those of
// one kind where it is given.
func (c *command) subjects(ctx context.Context, flags *lintFlags, kind string, extra map[string]string, paths []string) (*linter.Linter, []linter.Subject, error) {
	opts, err := flags.options(c)
	if err != nil {
		return nil, nil, err
	}
	if opts.Config, err = flags.readConfig(ctx, paths); err != nil {
		return nil, nil, err
	}
	if err := flags.rules.apply(&opts, c); err != nil {
		return nil, nil, err
	}
	opts.Modules = extra
	l, err := linter.New(ctx, opts)
	if err != nil {
		return nil, nil, err
	}
	subjects, err := l.Subjects(ctx, paths...)
	if err != nil {
		return nil, nil, err
	}
	subjects = slices.DeleteFunc(subjects, func(s linter.Subject) bool { return kind != "" && !strings.EqualFold(kind, s.Kind) })
	if len(subjects) == 0 {
		return nil, nil, fmt.Errorf("%s: no resource to judge", strings.Join(paths, ", "))
	}
	return l, subjects, nil
}

// The module that holds the expression of eval.
const (
	evalPackage = "aksnetlint_eval"
	evalSet     = "values"
	evalPath    = "expression"
)

func (c *command) evalCommand() *cobra.Command {
	flags := &lintFlags{}
	var kind string
	cmd := &cobra.Command{
		Use:   "eval EXPRESSION PATH ...",
		Short: "Evaluate a Rego expression on each resource",
		Long: `Eval prints the value of an expression for each resource, with the same input,
data and libraries that rules have; nothing where it is undefined. A value that
hangs on unknown ones is marked as possible.`,
		Example: `  aksnetlint eval 'data.aksnetlint.lib.aks.mode(input.resource)' azuredeploy.json
  aksnetlint eval --rules policies 'data.aksnetlint.rules["owner-label"].deny' deploy`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			module := fmt.Sprintf("package %s\n\n%s contains value if {\n\tvalue := %s\n}\n", evalPackage, evalSet, args[0])
			l, subjects, err := c.subjects(cmd.Context(), flags, kind, map[string]string{evalPath: module}, args[1:])
			if err != nil {
				return err
			}
			for _, s := range subjects {
				statements, err := l.Query(cmd.Context(), s, evalPackage, evalSet)
				if err != nil {
					return fmt.Errorf("%s: %w", s.Name, err)
				}
				if err := c.printStatements(s, statements); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.register(cmd)
	cmd.Flags().StringVar(&kind, "kind", "", "only resources of this `kind` or type")
	return cmd
}

func (c *command) printStatements(s linter.Subject, statements []linter.Statement) error {
	place := fmt.Sprintf("%s:%d: %s: ", s.Place.File, s.Place.Line, s.Name)
	if len(statements) == 0 {
		_, err := fmt.Fprintln(c.stdout, place+"undefined")
		return err
	}
	for _, st := range statements {
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(st.Value); err != nil {
			return fmt.Errorf("printing the value for %s: %w", s.Name, err)
		}
		line := place + strings.TrimSpace(text.String())
		if !st.Certain || len(st.Missing) > 0 {
			var names []string
			for _, m := range st.Missing {
				names = append(names, m.Expression)
			}
			line += " (possible: hangs on " + strings.Join(names, ", ") + ")"
		}
		if _, err := fmt.Fprintln(c.stdout, line); err != nil {
			return err
		}
	}
	return nil
}
