"""A Salesforce-shaped organisation on loopback: SOQL over REST, logins, merges and deletions."""
