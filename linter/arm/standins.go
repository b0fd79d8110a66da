package arm

// What stands in the ids of a deployment whose place nobody named.
const (
	StandInSubscription  = "00000000-0000-0000-0000-000000000000"
	StandInResourceGroup = "resource-group"
)
