package linter

// Config is what a configuration file says.
type Config struct{}
