package arm

// What stands in the ids of a deployment whose place nobody named.
const (
	StandInSubscription  = noSubscription
	StandInResourceGroup = "resource-group"
)
