package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/aksnetlint/aksnetlint/linter/ruletest"
)

func (c *command) bundleCommand() *cobra.Command {
	var output, key, revision string
	cmd := &cobra.Command{
		Use:   "bundle DIR",
		Short: "Pack rules of your own into an OPA bundle",
		Long: `Bundle checks the rules below a folder and packs them, with the built-in
libraries and the defaults of their settings, into an OPA bundle. The bundle
serves --rules and runs in plain OPA. Tests and cases are left out.`,
		Example: `  aksnetlint bundle -o rules.tar.gz policies/network
  aksnetlint bundle --sign private.pem -o rules.tar.gz policies/network
  aksnetlint --rules rules.tar.gz --rules-key public.pem deploy`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var private []byte
			if key != "" {
				var err error
				if private, err = os.ReadFile(key); err != nil {
					return fmt.Errorf("reading the key: %w", err)
				}
			}
			parts, err := ruletest.Parts(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			parts.Key, parts.Revision = private, revision
			err = writeFile(output, func(w io.Writer) error { return parts.Build(w) })
			if err != nil {
				return fmt.Errorf("writing %s: %w", output, err)
			}
			_, err = fmt.Fprintf(c.stdout, "%s holds %d modules\n", output, len(parts.Modules))
			return err
		},
	}
	fs := cmd.Flags()
	fs.StringVarP(&output, "output", "o", "bundle.tar.gz", "`file` to write")
	fs.StringVar(&key, "sign", "", "`file` with the PEM private key (RSA, or ECDSA with P-256) to sign with")
	fs.StringVar(&revision, "revision", "", "`name` of the bundle's version")
	return cmd
}
