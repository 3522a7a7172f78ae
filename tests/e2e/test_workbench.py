"""The format workbench in a real browser: one message of each format, faults in place, a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from airport_brain import wiring
from tests.browser import PATIENCE_MS, Watched, chromium
from tests.platform_process import Platform

pytestmark = pytest.mark.browser

REGISTRY = wiring.formats()
MVT = REGISTRY.named("mvt").example.decode()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def signed_in(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    """A browser of an engineer."""
    context = browser.new_context(
        base_url=platform.url, viewport={"width": 1440, "height": 900}, locale="zh-CN"
    )
    context.set_default_timeout(PATIENCE_MS)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=platform.url)
    key = platform.make_key("engineer")
    answer = context.request.post(
        "/api/session", data={"access_key": key}, headers={"origin": platform.url}
    )
    assert answer.ok, answer.text()
    yield context
    context.close()


@pytest.fixture
def page(signed_in: BrowserContext, platform: Platform) -> Iterator[Page]:
    """An empty workbench on which nothing may go wrong."""
    opened = signed_in.new_page()
    watched = Watched(opened, platform.url)
    opened.goto("/formats?lang=zh")
    expect(opened.get_by_role("textbox")).to_be_visible()
    yield opened
    opened.close()
    assert watched.faults == []


def paste(page: Page, text: str) -> None:
    """Paste with the line ends that the text has."""
    page.evaluate(
        """text => {
            const clipboard = new DataTransfer();
            clipboard.setData('text/plain', text);
            const options = { clipboardData: clipboard, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new ClipboardEvent('paste', options));
        }""",
        text,
    )


def row(page: Page, name: str, value: str) -> Locator:
    return page.get_by_role("treeitem").filter(has_text=name).filter(has_text=value).first


@pytest.mark.parametrize("name", REGISTRY.names)
def test_an_example_of_every_format_is_recognised_and_shown(page: Page, name: str) -> None:
    page.get_by_role("button", name=REGISTRY.named(name).zh).first.click()
    expect(page.get_by_role("combobox").locator("option:checked")).to_contain_text(
        REGISTRY.named(name).zh
    )
    expect(page.get_by_text("没有异常")).to_be_visible()
    expect(page.locator("[data-p]").first).to_be_visible()
    expect(page.get_by_role("treeitem").first).to_be_visible()


def test_fields_and_original_point_at_each_other(page: Page) -> None:
    paste(page, MVT)
    field = row(page, "flight_number", "5101")
    field.hover()
    expect(page.locator("[data-active]", has_text="5101").first).to_be_visible()
    page.locator("[data-p]", has_text="B1234").first.click()
    expect(page.get_by_role("treeitem", selected=True)).to_contain_text("aircraft_registration")
    page.get_by_role("tree").press("ArrowDown")
    expect(page.get_by_role("treeitem", selected=True)).to_contain_text("station")


def test_a_fault_is_told_in_both_languages_and_marked(page: Page) -> None:
    paste(page, MVT.replace("AD0812", "AD9912"))
    told = page.get_by_role("list", name="提示")
    expect(told).to_contain_text("错误")
    expect(told).to_contain_text("no such time")
    expect(page.locator('[data-tone="bad"]', has_text="9912").first).to_be_visible()


def test_strict_reading_refuses_what_tolerant_reading_notes(page: Page) -> None:
    paste(page, MVT.replace("AD0812/0827", "AD0827/0812"))
    expect(page.get_by_text("1 处提示")).to_be_visible()
    page.get_by_role("radio", name="严格").click()
    expect(page.get_by_role("list", name="提示")).to_contain_text("错误")


def test_two_messages_are_compared(page: Page) -> None:
    paste(page, MVT)
    page.get_by_role("button", name="比较", exact=True).click()
    paste(page, MVT.replace("PX128", "PX129"))
    changed = page.get_by_role("row").filter(has_text="129").first
    expect(changed).to_contain_text("改变")
    expect(changed).to_contain_text("128")


def test_a_test_case_names_nobody(page: Page) -> None:
    paste(page, REGISTRY.named("pnl").example.decode())
    page.get_by_role("button", name="复制为用例").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("CA1501/24NOV")
    expect(dialog).not_to_contain_text("ZHANG")
    assert "ZHANG" not in page.evaluate("navigator.clipboard.readText()")


def test_what_is_no_message_is_said_so(page: Page) -> None:
    paste(page, "hello")
    expect(page.get_by_text("没有认出格式").first).to_be_visible()


# Arriving by a link, in twos, in vain


def files_of(page: Page) -> Locator:
    return page.locator("input[type=file]").first


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_link_puts_an_example_on_the_bench(page: Page) -> None:
    page.goto("about:blank")
    page.goto("/formats?lang=en#example=mvt&mode=strict&tab=json")
    expect(page.locator("pre")).to_contain_text('"flight_number": "5101"')
    expect(page.get_by_role("radio", name="Strict")).to_be_checked()
    page.get_by_role("radio", name="Fields").click()
    expect(page).to_have_url(re.compile(r"#example=mvt&mode=strict$"))
    # Another message is not the example, and never a part of the address.
    paste(page, MVT.replace("PX128", "PX129"))
    expect(page).to_have_url(re.compile(r"#mode=strict$"))


def test_a_link_to_no_format_is_told(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto("/formats?lang=en#example=nothing")
    expect(page.get_by_role("alert")).to_contain_text("nothing")
    page.close()


def test_octets_are_edited_as_digits_and_stay_octets(page: Page) -> None:
    page.get_by_role("button", name=REGISTRY.named("jt808").zh).first.click()
    expect(page.get_by_role("treeitem").first).to_be_visible()
    expect(page.get_by_text("53 字节")).to_be_visible()
    page.get_by_role("button", name="编辑", exact=True).click()
    field = page.get_by_role("textbox", name="原文")
    digits = field.input_value()
    assert digits.startswith("7E 02 00")
    field.fill(digits + " 7")
    expect(page.get_by_text("还不是完整的十六进制字节")).to_be_visible()
    expect(page.get_by_text("53 字节")).to_be_visible()
    field.fill(digits + " 7E")
    expect(page.get_by_text("54 字节")).to_be_visible()
    field.fill(digits)
    expect(page.get_by_text("没有异常")).to_be_visible()


def test_editing_keeps_line_ends(page: Page) -> None:
    text = "\r\n".join(MVT.splitlines()) + "\r\n"
    paste(page, text)
    expect(page.get_by_text(f"{len(text)} 字节")).to_be_visible()
    page.get_by_role("button", name="编辑", exact=True).click()
    field = page.get_by_role("textbox", name="原文")
    field.fill(field.input_value() + "X")
    expect(page.get_by_text(f"{len(text) + 1} 字节")).to_be_visible()


def test_two_files_are_compared_and_other_formats_named(page: Page) -> None:
    ldm = REGISTRY.named("ldm").example
    files_of(page).set_input_files([file("a.txt", MVT.encode()), file("b.txt", ldm)])
    expect(page.get_by_text("两侧格式不同：左 mvt，右 ldm")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_be_visible()


def test_a_file_with_nothing_in_it_is_told(page: Page) -> None:
    files_of(page).set_input_files(file("empty.txt", b""))
    expect(page.get_by_role("alert")).to_contain_text("这个文件是空的")
    paste(page, MVT)
    expect(page.get_by_role("treeitem").first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_reading_that_failed_is_asked_for_again(signed_in: BrowserContext) -> None:
    page = signed_in.new_page()
    page.goto("/formats?lang=en")
    expect(page.get_by_role("textbox")).to_be_visible()
    page.route("**/api/formats/read**", lambda route: route.abort())
    paste(page, MVT)
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.unroute("**/api/formats/read**")
    page.get_by_role("button", name="Try again").click()
    expect(row(page, "flight_number", "5101")).to_be_visible()
    page.close()
