SLACK = {"SLACK_BOT_TOKEN": "xoxb-first", "SLACK_APP_TOKEN": "xapp-first"}
WEBHOOK_SECRET = f"whsec_{b64encode(SECRET.encode()).decode()}"
    assert "UTF-8" in problems(DUNWELL_SETTINGS_FILE=str(path))[0]
