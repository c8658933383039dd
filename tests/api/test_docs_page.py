"""The readable document of the API, in a real browser: whole, and nothing asked of anybody else."""

import shutil
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_document_is_readable_and_asks_nobody_else(live_server: Any) -> None:
    asked: list[str] = []
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{live_server.url}/api/v1/docs")
        page.get_by_role("button", name="post /api/v1/articles", exact=False).first.wait_for()
        assert page.locator(".opblock").count() > 15
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.locator(".opblock-summary-control").first.click()
        page.locator(".opblock-body").first.wait_for()
        page.wait_for_load_state("networkidle")
        browser.close()
    assert troubles == []
    assert [address for address in asked if not address.startswith((live_server.url, "data:"))] == []
